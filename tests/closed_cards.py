"""Invented dataset cards whose terms are closed or restricted, though something on them is open.

Each has one kind of statement that a careful reader would not pass; beside them stand cards of the
same shape that are open. Used by the tests of reading and by those of whole audits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MIT = "license: mit"
BY = "license: cc-by-4.0"


@dataclass(frozen=True)
class Told:
    """One card: its front matter, its text below the title, and the files beside it."""

    kind: str
    body: str
    front: str = MIT
    files: dict[str, str] = field(default_factory=dict)

    @property
    def card(self) -> str:
        """The whole README."""
        front = f"---\n{self.front}\n---\n" if self.front else ""
        return f"{front}# Owl calls\n\nCalls of owls, recorded at night.\n\n{self.body}\n"

    def __str__(self) -> str:
        return f"{self.kind}: {' '.join(self.body.split())[:50] or self.front[:50]}"


CODE_BESIDE_DATA = [
    Told("code", f"## License\n\n{text}", front)
    for text in (
        "Our crawler is MIT-licensed. Audio belongs to the broadcasters.",
        "The converter is released under MIT. Rights in the calls stay with the radio stations.",
        "Downloader: MIT. The recordings remain the property of the archive.",
        "We publish the extraction scripts under the MIT license. The copyright of all clips lies "
        "with their makers and we cannot license them.",
    )
    for front in ("", MIT)
]
LEFT_OUT = [
    Told("left out", f"## License\n\n{text}", front)
    for text, front in (
        (
            "The license applies to annotations only; the images are subject to the site's terms.",
            BY,
        ),
        ("CC BY 4.0. The license does not apply to the audio.", BY),
        ("CC BY 4.0 covers the transcripts but not the recordings.", BY),
        ("Everything except the photographs is under CC BY 4.0.", BY),
        ("This license excludes the video files, which we do not own.", BY),
        ("CC BY 4.0, with the exception of the maps.", ""),
        ("Only the labels are released under CC BY 4.0.", BY),
        ("The CC BY 4.0 license is limited to the metadata.", BY),
        ("Note that audio is not covered by this license.", BY),
        ("The calls are not included in the license and may not be reused.", BY),
    )
]
CONDITIONS = [
    Told("condition", f"## License\n\n{text}", front)
    for text, front in (
        ("MIT, except that companies need our consent.", MIT),
        ("MIT if you cite us; otherwise all use is forbidden.", MIT),
        ("You may use the calls under CC BY 4.0 unless you are a company.", BY),
        ("Free to use with our written permission.", MIT),
        ("Use requires prior approval by the curators.", MIT),
        ("CC BY 4.0 for universities; everybody else must obtain a license from us.", BY),
        ("Any use that is not academic needs a contract with the institute.", BY),
        ("The data can be used as long as it is not sold or used by businesses.", MIT),
        ("Using the calls without the written consent of the owners is not allowed.", MIT),
    )
]
SHORT = [
    Told("short", text, front)
    for text, front in (
        ("## Terms\n\nAcademic use.", MIT),
        ("## License\n\nRestricted", MIT),
        ("## Usage\n\nPlease ask before any use.", MIT),
        ("## Acknowledgements\n\nWe thank the rangers. For use in research only.", MIT),
        ("## Contact\n\nFor commercial licensing contact owls@example.org.", BY),
        ("## Access\n\nResearch use.", BY),
        ("## Citation\n\nPlease cite us. Commercial use is not permitted.", BY),
        ("## Notes\n\nNot for redistribution or commercial exploitation.", BY),
        ("## License\n\nInternal use only.", MIT),
        ("## About\n\nEvaluation only. Contact us for anything else.", MIT),
        ("## Copyright\n\nCopyright 2024 Owl Trust. Do not copy without permission.", MIT),
        ("## FAQ\n\n**Can I use it in a product?** No, only for studies.", BY),
    )
]
LISTS = [
    Told("list", text, front)
    for text, front in (
        ("## Terms\n\nYou may not:\n\n- sell the calls\n- use them commercially", MIT),
        ("## Use\n\nNot permitted:\n- commercial use\n- face recognition", BY),
        ("## Use\n\n**Permitted uses**\n\n- academic research\n- teaching", BY),
        (
            "## Rules\n\nIt is forbidden to\n\n1. use the calls in a product\n"
            "2. make money with them",
            MIT,
        ),
        ("### Prohibited\n\n* Commercial purposes\n* Training of models", MIT),
        ("## Use\n\n✅ Research\n\n❌ Commercial use", BY),
        ("## Use\n\nDo not\n- train models on the calls\n- pass them on", MIT),
        ("## Terms\n\nUsers agree to:\n\n1. cite us\n2. not use the calls for profit", BY),
    )
]
TABLES = [
    Told("table", text, front)
    for text, front in (
        ("## Facts\n\n| Use | Allowed |\n|---|---|\n| Research | yes |\n| Commercial | no |", BY),
        ("## Facts\n\n| Field | Value |\n|---|---|\n| Hours | 12 |\n| Commercial use | ❌ |", MIT),
        ("## Facts\n\n| Terms | NC |\n|---|---|\n| Size | 3 GB |", MIT),
        ("## Facts\n\n| Size | Commercial use |\n|---|---|\n| 3 GB | not allowed |", BY),
        ("## Facts\n\n| Usage rights | research only |\n|---|---|\n| Files | 12 |", MIT),
    )
]
HTML = [
    Told("html", text, front)
    for text, front in (
        (
            "<details>\n<summary>Terms</summary>\n\nNo commercial use.\n\n</details>",
            MIT,
        ),
        ("<details><summary>License</summary>For academic use only.</details>", BY),
        ('<img src="nc.png" alt="Non-commercial use only">', BY),
        ("![For research use only](badge.png)", MIT),
        ("<table><tr><th>License</th><td>CC BY-NC 4.0</td></tr></table>", MIT),
        ("<p><b>Terms of use:</b> research purposes only</p>", MIT),
        ("<ul><li>You may not use this dataset commercially</li></ul>", BY),
    )
]
KEYS = [
    Told("key", "", front)
    for front in (
        f"{MIT}\nusage_restrictions: no commercial use",
        f"{MIT}\nterms: For research purposes only",
        f"{BY}\nlicense_details: non-commercial research only",
        f"{MIT}\nconfigs:\n- config_name: owls\n  license: cc-by-nc-4.0",
        f"defaults: &d\n  license: cc-by-nc-4.0\n{MIT}\nextra:\n  <<: *d",
        "defaults: &d\n  license: cc-by-nc-4.0\n<<: *d",
        f"{MIT}\ndata_license: cc-by-nc-4.0",
        f"{BY}\ncopyright: All rights reserved",
        f"{BY}\nrights: In copyright, no reuse without permission",
        f"{MIT}\nusage:\n  commercial: false",
        f"{MIT}\ncommercial_use: no",
        f"{BY}\naccess: restricted to academic researchers only",
        f"{BY}\nintended_use: research only",
    )
]
FILES = [
    Told("file", "Calls.", front, {name: text})
    for name, text, front in (
        ("LICENSES/CC-BY-NC-4.0.txt", "Attribution-NonCommercial 4.0 International\n", BY),
        ("data/LICENSE", "The calls are for non-commercial use only.\n", MIT),
        ("data/README.md", "# Data\n\nThe calls may be used for academic research only.\n", MIT),
        ("NOTICE", "The recordings may not be used for commercial purposes.\n", MIT),
        ("LICENSE", "Internal use only.\n", MIT),
        ("LICENSE", "Copyright 2024 Owl Trust. All rights reserved.\n", MIT),
        ("LICENSE.txt", "Proprietary and confidential. Do not distribute.\n", BY),
        ("LICENSE", "You need our permission before you use the calls.\n", BY),
        (
            "TERMS_OF_USE.md",
            "# Terms\n\nYou may not:\n\n- sell the calls\n- use them commercially\n",
            BY,
        ),
        ("audio/COPYRIGHT", "Copyright of all clips: Radio Owl. All rights reserved.\n", BY),
    )
]
GATES = [
    Told("gate", "", f"{front}\n{gate}")
    for gate, front in (
        ("extra_gated_fields:\n  I am a student or academic: checkbox", MIT),
        ("extra_gated_fields:\n  I live and work in the European Union: checkbox", MIT),
        (
            "extra_gated_fields:\n  I want to use this for:\n    type: select\n    options:\n"
            "    - Research\n    - Education",
            BY,
        ),
        ("extra_gated_prompt: Access is given to members of universities.", BY),
        ("extra_gated_fields:\n  I will ask before I publish or share anything: checkbox", MIT),
        ("extra_gated_fields:\n  I do not work for a company: checkbox", BY),
        ("extra_gated_fields:\n  I agree to delete the calls after my project: checkbox", BY),
        ("extra_gated_prompt: Only for use within Norway.", BY),
    )
]
CLOSED = [
    *CODE_BESIDE_DATA,
    *LEFT_OUT,
    *CONDITIONS,
    *SHORT,
    *LISTS,
    *TABLES,
    *HTML,
    *KEYS,
    *FILES,
    *GATES,
]
OPEN = [
    Told("code", "## License\n\nThe crawler is MIT-licensed. The data is MIT-licensed as well."),
    Told("code", "## License\n\nCode: MIT. Data: CC BY 4.0.", BY),
    Told("left out", "## License\n\nCC BY 4.0 applies to the whole dataset, also the audio.", BY),
    Told("left out", "## License\n\nAll files except where noted are under CC BY 4.0.", BY),
    Told("left out", "Every recording except those shorter than a second was labelled.", BY),
    Told("left out", "## Processing\n\nNoise reduction was not applied to the audio.", BY),
    Told("left out", "## Limits\n\nThe labels are limited to the metadata of 2020.", BY),
    Told("condition", "## License\n\nCC BY 4.0. Use it freely as long as you give credit.", BY),
    Told("condition", "## License\n\nMIT. If you use the calls, please cite us."),
    Told("condition", "## License\n\nCC BY 4.0. No permission is needed.", BY),
    Told("condition", "## License\n\nYou may use the data for any purpose, even commercially.", BY),
    Told("condition", "## Collection\n\nWe recorded with the permission of the park.", BY),
    Told("condition", "## Collection\n\nSpeakers gave their written consent before the recording."),
    Told("short", "## Contact\n\nFor questions contact owls@example.org."),
    Told("short", "## Acknowledgements\n\nThis research was only possible with the help of many."),
    Told("short", "## Background\n\nAcademic research on owls is restricted by funding."),
    Told("short", "## Use\n\nUseful for research, teaching and products."),
    Told("short", "## Questions\n\nPlease ask before opening an issue."),
    Told("list", "## Columns\n\nThe data may not:\n\n- have all calls\n- be sorted", BY),
    Told("list", "## Use\n\nYou may:\n\n- use it commercially\n- use it for research", BY),
    Told("list", "## Known limits\n\nNot included:\n- commercial recordings", BY),
    Told("list", "## Uses\n\nIntended uses:\n\n- research on owls\n- teaching", BY),
    Told("table", "## Facts\n\n| Use | Allowed |\n|---|---|\n| Commercial | yes |", BY),
    Told("table", "## Facts\n\n| Source | Commercial radio |\n|---|---|\n| A | no |\n| B | yes |"),
    Told("table", "## Results\n\n| Model | Commercial | F1 |\n|---|---|---|\n| Hoot | no | 0.9 |"),
    Told("html", '<img src="owl.png" alt="An owl in research">'),
    Told("html", "<details>\n<summary>Example</summary>\n\nAn owl calls.\n\n</details>"),
    Told("key", "", f"{MIT}\nusage: see below"),
    Told("key", "", f"{MIT}\ntags:\n- research"),
    Told("key", "", f"{MIT} # not cc-by-nc-4.0, which was a mistake"),
    Told("key", "", f"{BY}\nconfigs:\n- config_name: owls\n  license: cc-by-4.0"),
    Told("key", "", f"{BY}\ndataset_info:\n  features:\n  - name: license\n    dtype: string"),
    Told("file", "", BY, {"LICENSES/CC-BY-4.0.txt": "Attribution 4.0 International\n"}),
    Told("file", "", MIT, {"data/README.md": "# Data\n\nOne folder a night.\n"}),
    Told("file", "", MIT, {"NOTICE": "Owl calls\nCopyright 2024 Owl Trust\n"}),
    Told("gate", "", f"{BY}\nextra_gated_fields:\n  Country: text\n  Affiliation: text"),
    Told("gate", "", f"{BY}\nextra_gated_prompt: Please tell us who you are."),
    Told(
        "gate",
        "",
        f"{BY}\nextra_gated_fields:\n  Purpose:\n    type: select\n    options:\n    - Research\n"
        "    - Product",
    ),
]
"""Cards of the same shapes that stay open: they keep the conclusion of their tag."""
