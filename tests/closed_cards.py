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
IN_OTHER_WORDS = [
    Told(
        "code",
        "## License\n\nThe processing pipeline is MIT; the footage itself is "
        "owned by the TV stations.",
        MIT,
    ),
    Told(
        "code",
        "## License\n\nMIT License for the software. No license is given for the recordings.",
        MIT,
    ),
    Told(
        "code",
        "## License\n\nAll code here is MIT. As for the photos, rights are "
        "held by their photographers.",
        MIT,
    ),
    Told(
        "code", "## Licensing\n\nCode: MIT\n\nData: not ours to license, see the publishers.", MIT
    ),
    Told(
        "code",
        "## License\n\nTooling under Apache-2.0. Texts stay under the copyright of the newspapers.",
        "license: apache-2.0",
    ),
    Told("left out", "## License\n\nCC BY 4.0 for the index. Pictures have their own terms.", BY),
    Told(
        "left out", "## License\n\nThe above license covers our annotations and nothing else.", BY
    ),
    Told(
        "left out",
        "## License\n\nWe license only what is ours, i.e. the labels; lyrics are not ours.",
        BY,
    ),
    Told("left out", "## License\n\nPlease note: video frames are excluded from the license.", BY),
    Told(
        "left out",
        "## License\n\nThe license grant does not extend to the underlying recordings.",
        BY,
    ),
    Told(
        "left out",
        "## License\n\nUnless marked, files are CC BY 4.0. Files in `press/` may not be reused.",
        BY,
    ),
    Told("left out", "## License\n\nCC BY 4.0 except images", BY),
    Told("left out", "## License\n\nNo rights are granted for the audio part.", BY),
    Told(
        "condition",
        "## License\n\nUniversities may use it under MIT. Firms have to sign a contract first.",
        MIT,
    ),
    Told("condition", "## License\n\nUse is free provided you get our OK in writing.", BY),
    Told("condition", "## License\n\nCC BY 4.0, as long as you are not a business.", BY),
    Told("condition", "## License\n\nYou are free to use this if your work is not for profit.", BY),
    Told("condition", "## License\n\nMIT until the embargo ends; no use before 2027.", MIT),
    Told(
        "condition",
        "## License\n\nCommercial users please get in touch to negotiate a license.",
        BY,
    ),
    Told("condition", "## License\n\nIndustry use upon agreement only.", BY),
    Told(
        "condition",
        "## License\n\nThe data may be used under CC BY 4.0 by members of the consortium only.",
        BY,
    ),
    Told("short", "## Usage\n\nScholarly use only.", MIT),
    Told("short", "## Disclaimer\n\nFor studying purposes only.", BY),
    Told("short", "## Info\n\nNot for commerce.", BY),
    Told("short", "## Status\n\nConfidential - do not share.", MIT),
    Told("short", "## Intended use\n\nOnly to be used in academia.", BY),
    Told("short", "# Note\n\nNo profit-making use, please.", BY),
    Told(
        "short",
        "## Thanks\n\nThanks to all. The data must only be used for non-commercial ends.",
        MIT,
    ),
    Told("short", "## Contact\n\nContact sales@owls.example for a commercial license.", BY),
    Told("short", "## Terms\n\nStudents and researchers only.", MIT),
    Told("short", "## Use\n\nReserved for research.", BY),
    Told(
        "list",
        "## Dos and don'ts\n\n**Don't:**\n\n- sell products built on the "
        "calls\n- use them commercially",
        BY,
    ),
    Told(
        "list",
        "## Terms\n\nUsers must refrain from:\n\n- commercial exploitation\n- passing on the files",
        BY,
    ),
    Told(
        "list",
        "## Terms\n\nThe following is prohibited:\n\n* any commercial use\n* re-identification",
        BY,
    ),
    Told(
        "list",
        "## Terms\n\nAllowed:\n- teaching\n- research\n\nNot allowed:\n- anything that earns money",
        BY,
    ),
    Told(
        "list",
        "## You can\n\n- use it for your thesis\n\n## You can't\n\n- use it in commercial products",
        BY,
    ),
    Told(
        "table",
        "## Rights\n\n| Right | Granted |\n|---|:---:|\n| Copy | ✔ |\n| Commercial use | ✘ |",
        BY,
    ),
    Told(
        "table",
        "## Overview\n\n| Property | Value |\n|---|---|\n| Licence | see below "
        "|\n| Allowed use | academic only |",
        BY,
    ),
    Told(
        "table",
        "## At a glance\n\n| Size | Language | Usage |\n|---|---|---|\n| 1 GB "
        "| no | non-commercial |",
        BY,
    ),
    Told("table", "## Meta\n\n| | |\n|---|---|\n| Restrictions | research use only |", BY),
    Told("html", "<div>\n<h3>Terms</h3>\n<p>Academic purposes only</p>\n</div>", BY),
    Told(
        "html",
        "<details>\n<summary><b>License &amp; terms</b></summary>\n<br>\n\nThe "
        "data may not be used commercially.\n</details>",
        BY,
    ),
    Told("html", "<blockquote>Usage is restricted to non-profit research.</blockquote>", BY),
    Told("html", '<a href="x"><img alt="license: CC BY-NC-SA 4.0" src="b.svg"/></a>', BY),
    Told("key", "", "license: mit\nlicense_terms: non-commercial only"),
    Told("key", "", "license: mit\nlicense_note: 'For academic use only'"),
    Told("key", "", "license: cc-by-4.0\nrestrictions:\n- no commercial use\n- no redistribution"),
    Told(
        "key",
        "",
        "license: cc-by-4.0\nlegal:\n  owner: Owl Trust\n  reuse: not permitted without consent",
    ),
    Told("key", "", "license: mit\nsubsets:\n- name: larks\n  license: cc-by-nc-sa-4.0"),
    Told("key", "", "license: cc-by-4.0\nallowed_uses: [research, education]"),
    Told(
        "file",
        "",
        MIT,
        {"LICENSE-DATA.txt": "All recordings (c) Owl Radio. Use only with permission.\n"},
    ),
    Told(
        "file",
        "",
        BY,
        {
            "LICENSE.md": "# License\n\nThis data set is provided for evaluation. You may not "
            "redistribute it.\n"
        },
    ),
    Told(
        "file",
        "",
        BY,
        {"data/larks/LICENSE.txt": "Attribution-NonCommercial 4.0 International\n"},
    ),
    Told(
        "file",
        "",
        BY,
        {"TERMS.md": "By using the data you agree that you use it for scientific purposes only.\n"},
    ),
    Told(
        "file",
        "",
        BY,
        {
            "COPYRIGHT": "(c) Owl Trust 2024\nUnauthorised copying of these files is strictly "
            "prohibited.\n"
        },
    ),
    Told("file", "", BY, {"images/README.md": "Pictures by J. Lark, not for commercial use.\n"}),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_fields:\n  Institutional email (universities only): text",
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_prompt: This data is shared with "
        "members of the consortium.",
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_fields:\n  I confirm that my use is academic: checkbox",
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_fields:\n  My organisation is a "
        "university or a public body: checkbox",
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_fields:\n  Intended use:\n    type: "
        "select\n    options: [Teaching, Thesis, Academic research]",
    ),
    Told(
        "gate", "", "license: cc-by-4.0\nextra_gated_prompt: You must be based in Norway or Sweden."
    ),
    Told(
        "gate", "", "license: cc-by-4.0\nextra_gated_description: Access for non-profit researchers"
    ),
    Told(
        "code",
        "## License\n\nOur annotation tool is MIT. Copyright in the interviews "
        "rests with the interviewees.",
        MIT,
    ),
    Told("code", "## License\n\nMIT (scripts). The songs belong to their labels.", MIT),
    Told(
        "left out",
        "## License\n\nWe make our annotations available under CC BY 4.0; this "
        "does not include the photographs themselves.",
        BY,
    ),
    Told("left out", "## License\n\nAudio files are not part of the license.", BY),
    Told("left out", "## License\n\nCC BY 4.0, excluding third-party images.", BY),
    Told("left out", "## License\n\nCC BY 4.0 holds for everything but the films.", BY),
    Told("condition", "## License\n\nIf you are a company, write to us for a license.", BY),
    Told("condition", "## License\n\nMIT, but not for military or commercial use.", MIT),
    Told("condition", "## License\n\nUse it as you like unless you want to sell something.", BY),
    Told("condition", "## License\n\nFree of charge for scholars; others pay.", BY),
    Told("short", "## Usage\n\nFor teaching only.", BY),
    Told("short", "## Terms\n\nNo commercial use without asking.", MIT),
    Told("short", "## License\n\nPrivate", MIT),
    Told("short", "## Legal\n\nProperty of Owl Trust. Do not distribute.", BY),
    Told("short", "## Credits\n\nThanks to Ann. Please do not use this commercially.", BY),
    Told("list", "## Restrictions\n\n- Non-commercial\n- No resale", BY),
    Told("list", "## Conditions\n\n1. Cite us.\n2. Research use only.", BY),
    Told("list", "## Do not use this dataset for\n\n- commercial services\n- policing", BY),
    Told("list", "## License terms\n\n- ✗ commercial\n- ✓ research", BY),
    Told("table", "## Summary\n\n| Item | Note |\n|---|---|\n| Commercial use allowed? | No |", BY),
    Told("html", "<h2>Terms of use</h2>\n<ul>\n<li>research only</li>\n</ul>", BY),
    Told("html", "<b>Note:</b> <i>not for commercial use</i>", BY),
    Told("key", "", "license: mit\nusage_terms: research"),
    Told("key", "", "license: mit\nnoncommercial: true"),
    Told("key", "", "license: cc-by-4.0\ncommercial: 'no'"),
    Told("key", "", "license: cc-by-4.0\nconfigs:\n- config_name: a\n  license: other\n"),
    Told(
        "file",
        "",
        BY,
        {
            "LICENSE": "These files are the property of Owl Trust and are provided for "
            "academic study.\n"
        },
    ),
    Told("file", "", BY, {"LICENSE-DATA": "CC BY-NC 4.0\n"}),
    Told("file", "", BY, {"recordings/LICENSE.md": "For research purposes only.\n"}),
    Told("file", "", BY, {"USAGE_TERMS.txt": "No commercial use.\n"}),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_fields:\n  I am affiliated with an "
        "academic institution: checkbox",
    ),
    Told(
        "gate", "", "license: cc-by-4.0\nextra_gated_prompt: Only researchers will be given access."
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_fields:\n  I will not use the data to "
        "make money: checkbox",
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_fields:\n  I am not in the United States: checkbox",
    ),
]
"""Written after the rules stood, to see what other words of the same kinds do."""
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
    *IN_OTHER_WORDS,
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
