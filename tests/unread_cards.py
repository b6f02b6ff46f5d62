"""Invented cards with a condition in words that no pattern holds, and open ones that look alike.

They were written before the rules for such conditions: see docs/reading-licenses.md.
"""

from __future__ import annotations

from tests.closed_cards import BY, MIT, Told

APACHE = "license: apache-2.0"
CC0 = "license: cc0-1.0"

CONDITIONS = [
    Told(
        "tag-name", "", "license: cc-by-4.0\nlicense_details: students of our academy, nobody else"
    ),
    Told("tag-key", "", "license: mit\nusage: classroom demonstrations exclusively"),
    Told(
        "tag-key2",
        "",
        "license: cc-by-4.0\naccess_conditions: available after a fee has been settled",
    ),
    Told(
        "tag-key3",
        "",
        "license: apache-2.0\ncopyright_notice: The Lark Foundation retains every right in these recordings",
    ),
    Told(
        "lic-en",
        "## License\n\nCC BY 4.0. Enterprises wishing to integrate the calls have to negotiate terms with the foundation.",
        BY,
    ),
    Told(
        "lic-en",
        "## License\n\nMIT. That said, whoever earns a living with these songs is kindly invited to buy a seat.",
        MIT,
    ),
    Told("lic-en", "## License\n\nMirroring the archive on other servers is off limits.", BY),
    Told(
        "lic-en",
        "## License\n\nFeel free to play around at home or in the seminar room; anything beyond calls for our signature.",
        MIT,
    ),
    Told(
        "lic-en",
        "## License\n\nThe grant lapses as soon as you earn revenue from a service built on the material.",
        BY,
    ),
    Told(
        "lic-en",
        "## License\n\nWe tolerate scholarly uses. Everything else infringes our rights.",
        BY,
    ),
    Told(
        "lic-en",
        "## License\n\nApache 2.0, but the sound files were lent to us and have to be deleted once your study has ended.",
        APACHE,
    ),
    Told(
        "lic-en",
        "## License\n\nHanding the files on to third parties constitutes a breach of contract.",
        MIT,
    ),
    Told(
        "lic-en",
        "## License\n\nThese materials are on loan from the ministry, which may call them back at any time.",
        BY,
    ),
    Told("lic-en", "## License\n\nSelling, renting or sublicensing the archive is excluded.", BY),
    Told(
        "lic-en",
        "## License\n\nMIT applies within the European Union. Users elsewhere must apply for a license.",
        MIT,
    ),
    Told("lic-en", "## License\n\nYou keep the recordings to yourself.", BY),
    Told("lic-en", "## License\n\nCC0, reserved for accredited museums.", CC0),
    Told(
        "lic-en",
        "## License\n\nOnly the members of the league are licensed to work with the songs.",
        BY,
    ),
    Told("lic-en", "## License\n\nOur data committee decides on each application.", BY),
    Told("lic-en", "## License\n\nA royalty of 2 % is due when turnover exceeds 10,000 EUR.", MIT),
    Told(
        "terms",
        "## Conditions\n\nDownloaders commit themselves to keeping every copy within their own laboratory.",
        BY,
    ),
    Told(
        "terms",
        "## Terms of use\n\n1. Delete all copies when the semester is over.\n2. Do not hand them to others.\n3. Cite us.",
        MIT,
    ),
    Told(
        "terms",
        "## Usage policy\n\nGenerative AI companies are not welcome to ingest these songs.",
        BY,
    ),
    Told(
        "terms",
        "## Access\n\nThe PI has to countersign your request before the archive may be opened.",
        BY,
    ),
    Told(
        "terms",
        "## Ethical considerations\n\nOwing to the sensitivity of nesting sites, the coordinates are solely meant for conservation work and must stay unpublished.",
        MIT,
    ),
    Told(
        "terms",
        "## Permitted uses\n\n- coursework\n- theses\n\n## Prohibited uses\n\n- any product or service\n",
        BY,
    ),
    Told(
        "terms",
        "## Dos and don'ts\n\nDo: study, teach, compare. Don't: sell, host elsewhere, feed to chatbots.",
        MIT,
    ),
    Told(
        "terms",
        "## Availability\n\nOffered to non-governmental bodies free of charge; firms are charged.",
        BY,
    ),
    Told(
        "terms",
        "## Disclaimer\n\nShould you be employed in the private sector, this archive is not meant for you.",
        BY,
    ),
    Told(
        "terms",
        "## Intended use\n\nThe archive may be employed in degree theses and in no other context.",
        APACHE,
    ),
    Told(
        "note",
        "> [!IMPORTANT]\n> Redistribution in whole or part is a violation of our agreement with the parks.",
        BY,
    ),
    Told(
        "note",
        "> **Heads-up:** the ringers let us publish under the proviso that no one makes a profit.",
        MIT,
    ),
    Told(
        "note",
        "**NB:** Publishing models fitted on these songs needs a green light from the park authority.",
        BY,
    ),
    Told("note", "*Personal, non-transferable copy.*", MIT),
    Told("note", "⚠️ Use is confined to participants in the 2025 challenge.", BY),
    Told("note", "> Non-exclusive, revocable permission to listen; no permission to copy.", BY),
    Told(
        "table",
        "| Property | Value |\n|---|---|\n| Hours | 12 |\n| Who may use it | accredited scholars |\n",
        BY,
    ),
    Told(
        "table",
        "| Property | Value |\n|---|---|\n| License | MIT (evaluation copies; production needs a contract) |\n",
        MIT,
    ),
    Told(
        "table",
        "## License\n\n| Part | Terms |\n|---|---|\n| metadata | CC BY 4.0 |\n| audio | by arrangement with the station |\n",
        BY,
    ),
    Told(
        "html", "<h2>License</h2>\n<p>MIT. <b>No reuse in films, games or advertising.</b></p>", MIT
    ),
    Told(
        "html",
        "<details><summary>Terms</summary>\nYou undertake to use the archive in-house.\n</details>",
        BY,
    ),
    Told(
        "html",
        "<table><tr><td>License</td><td>CC BY 4.0, scholarly community exclusively</td></tr></table>",
        BY,
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_prompt: You promise to keep the songs inside your institute.",
    ),
    Told(
        "gate",
        "",
        "license: mit\nextra_gated_fields:\n  I will delete the files after twelve months: checkbox",
    ),
    Told(
        "gate",
        "",
        "license: cc-by-4.0\nextra_gated_prompt: Access is granted case by case to ornithologists holding a permit.",
    ),
    Told(
        "gate",
        "",
        "license: mit\nextra_gated_heading: Sign the loan agreement\nextra_gated_prompt: Material on loan stays the property of the lender and may not be passed along.",
    ),
    Told(
        "file",
        "Songs.",
        BY,
        {
            "LICENSE": "Owl Archive Terms\n\nYou receive a personal copy. You undertake neither to lend nor to sell it.\n"
        },
    ),
    Told(
        "file",
        "Songs.",
        MIT,
        {
            "DATA_LICENSE.txt": "The recordings are made available to holders of a reader's ticket. Any further exploitation demands the assent of the archive.\n"
        },
    ),
    Told(
        "file",
        "See [terms](TERMS.md).",
        BY,
        {
            "TERMS.md": "# Terms\n\nThe archive is provided for instruction in schools. It shall not leave the school.\n"
        },
    ),
    Told(
        "file",
        "Songs.",
        MIT,
        {
            "LICENSE": "MIT License applies to everything below src/.\n\nThe folder audio/ is lent by Radio North for the duration of the project.\n"
        },
    ),
    Told("file", "Songs.", BY, {"data/raw/audio/LICENSE": "All rights reserved by Radio North.\n"}),
    Told("badge", "![license](https://img.shields.io/badge/license-academic%20use-blue)", MIT),
    Told("badge", "[![Use](https://img.shields.io/badge/use-non--profit-red.svg)](TERMS)", BY),
    Told("faq", "## FAQ\n\n**May I put it into my product?** Sorry, that is not possible.", MIT),
    Told(
        "foot",
        "The songs are free[^1].\n\n[^1]: As far as teaching is concerned. Broadcasters shall turn to the rights agency.",
        BY,
    ),
    Told(
        "de",
        "## Lizenz\n\nCC BY 4.0. Die Aufnahmen dürfen ausschließlich im Unterricht vorgespielt werden.",
        BY,
    ),
    Told("de", "## Nutzung\n\nEine Weitergabe an Dritte ist nicht gestattet.", MIT),
    Told("de", "## Lizenz\n\nFirmen wenden sich vor der Verwendung bitte an das Museum.", BY),
    Told(
        "fr", "## Licence\n\nCC BY 4.0. Toute exploitation dans un produit payant est exclue.", BY
    ),
    Told(
        "fr",
        "## Conditions\n\nLes enregistrements sont réservés aux membres de l'association.",
        MIT,
    ),
    Told("es", "## Licencia\n\nCC BY 4.0. Las empresas deben solicitar un contrato aparte.", BY),
    Told("es", "## Uso\n\nQueda prohibida la redistribución de los audios.", MIT),
    Told(
        "pt", "## Licença\n\nMIT. É vedada a revenda; o uso fica limitado a escolas públicas.", BY
    ),
    Told("it", "## Licenza\n\nLe registrazioni non possono essere cedute a terzi.", BY),
    Told("nl", "## Licentie\n\nDe opnamen mogen alleen binnen het onderwijs worden gebruikt.", MIT),
    Told("pl", "## Licencja\n\nNagrań nie wolno rozpowszechniać bez zgody muzeum.", BY),
    Told("sv", "## Licens\n\nInspelningarna får endast användas i undervisning.", BY),
    Told("ru", "## Лицензия\n\nMIT. Передача записей третьим лицам запрещена.", MIT),
    Told("zh", "## 许可证\n\nMIT。未经书面同意，请勿转载或用于产品。", MIT),
    Told("zh", "## 使用说明\n\n本数据集仅限校内教学使用，不得外传。", BY),
    Told(
        "ja",
        "## ライセンス\n\nCC BY 4.0。再配布はご遠慮ください。企業の方は事前にご連絡ください。",
        BY,
    ),
    Told("ko", "## 라이선스\n\nMIT. 제3자에게 양도하거나 재배포할 수 없습니다.", MIT),
    Told("ar", "## الترخيص\n\nCC BY 4.0. لا يجوز إعادة نشر التسجيلات دون إذن المتحف.", BY),
    Told("vi", "## Giấy phép\n\nMIT. Không được chia sẻ lại bản ghi cho bên thứ ba.", MIT),
    Told(
        "body", "By downloading the archive you accept that it will not leave your department.", MIT
    ),
]
"""Closed by what is forbidden, kept, asked for or paid, in words of no pattern."""

STILL_OPEN = [
    Told(
        "table",
        "| Right | Granted |\n|---|---|\n| Listen | yes |\n| Publish excerpts | ask |\n| Sell | no |\n",
        BY,
    ),
    Told(
        "faq",
        "## FAQ\n\n**Who can download the archive?**\n\nAnyone enrolled at a university. Others, please talk to us.",
        BY,
    ),
    Told(
        "foot",
        "License: MIT*\n\n\\* not valid for the recordings from the national park, which are the park's.",
        MIT,
    ),
    Told(
        "body",
        "We share the archive with colleagues on the understanding that it stays among us.",
        BY,
    ),
    Told("body", "The archive is our property and is lent, not given, to those who ask.", BY),
    Told("body", "Journalists and firms, please obtain a quote before touching the songs.", BY),
]
"""Closed as well, and not noticed: no word of use, or nothing that says that the set is meant."""

NO_CONDITIONS = [
    Told(
        "open",
        "## License\n\nCC BY 4.0. You must give appropriate credit and must not suggest that we endorse you.",
        BY,
    ),
    Told(
        "open",
        "## License\n\nMIT. There are no restrictions beyond keeping the copyright notice.",
        MIT,
    ),
    Told(
        "open",
        "## License\n\nPlease contact us before 1 May if you want your recordings to be included in the next release.",
        BY,
    ),
    Told(
        "open",
        "## License\n\nYou may use the songs for research, teaching and in products; only attribution is required.",
        BY,
    ),
    Told(
        "open",
        "## License\n\nWe waive all rights. No permission is needed, not even for commercial use.",
        CC0,
    ),
    Told(
        "open",
        "## License\n\nThe archive is provided as is, without warranty of any kind; the authors shall not be liable.",
        MIT,
    ),
    Told("open", "## License\n\nCC BY 4.0. We are not responsible for what users do with it.", BY),
    Told(
        "open", "## License\n\nUnless otherwise noted, everything is licensed under CC BY 4.0.", BY
    ),
    Told(
        "open",
        "## License\n\nIf you change the songs, you may share them only under the same license.",
        "license: cc-by-sa-4.0",
    ),
    Told(
        "open",
        "## License\n\nThe archive contains no recordings under a license other than CC BY 4.0.",
        BY,
    ),
    Told(
        "open",
        "## License\n\nBefore publication we obtained written permission from all ringers to release the songs under CC BY 4.0.",
        BY,
    ),
    Told(
        "open",
        "## License\n\nThe MIT license permits use, copying and redistribution, including in commercial products, without asking us.",
        MIT,
    ),
    Told(
        "open",
        "## License\n\nLicensed under the Apache License, Version 2.0; you may not use these files except in compliance with the License.",
        APACHE,
    ),
    Told(
        "open",
        "## License\n\nCC BY 4.0. If you use it in a paper, we would be happy to hear from you, but this is not a condition.",
        BY,
    ),
    Told(
        "open",
        "## License\n\nOnly recordings whose makers agreed to CC BY 4.0 were included; the rest were excluded.",
        BY,
    ),
    Told(
        "open",
        "## License\n\nCopyright belongs to the authors, who license the songs under CC BY 4.0.",
        BY,
    ),
    Told(
        "open",
        "## Limitations\n\nThe songs cover one valley only and must not be taken as representative of the region.",
        MIT,
    ),
    Told(
        "open",
        "## Intended use\n\nThe archive is meant for research on owl calls and for teaching.",
        MIT,
    ),
    Told(
        "open",
        "## Out-of-scope use\n\nThe songs should not be used to estimate population sizes; the sample is too small.",
        BY,
    ),
    Told(
        "open",
        "## Ethical considerations\n\nNo birds were harmed. Nests were approached only with the approval of the park.",
        BY,
    ),
    Told(
        "open",
        "## Access\n\nThe archive can be downloaded without registration. Contact us if a link does not work.",
        BY,
    ),
    Told(
        "open",
        "## Usage\n\nUse only the `train` split for training; the test split must not be used for tuning.",
        BY,
    ),
    Told("open", "## Restrictions\n\nNone.", MIT),
    Told(
        "open",
        "## Terms of use\n\nYou are free to share and adapt the songs for any purpose, even commercially, as long as you credit us.",
        BY,
    ),
    Told("open", "> Please do not open issues about the loader; write to us instead.", BY),
    Told(
        "open",
        "| Property | Value |\n|---|---|\n| License | CC BY 4.0 |\n| Restrictions | none |\n| Commercial use | allowed |\n",
        BY,
    ),
    Told("open", "<p>License: MIT. You can do whatever you like, just keep the notice.</p>", MIT),
    Told(
        "open",
        "",
        "license: cc-by-4.0\nextra_gated_prompt: Please tell us who you are; access is given automatically.\nextra_gated_fields:\n  Name: text\n  Affiliation: text",
    ),
    Told(
        "open",
        "Songs.",
        MIT,
        {
            "LICENSE": "Copyright (c) 2024 The Lark Foundation. Licensed under the MIT License. The name of the foundation may not be used to endorse products without prior written permission.\n"
        },
    ),
    Told(
        "open",
        "Songs.",
        BY,
        {
            "LICENSE": "This archive is licensed under CC BY 4.0. You must credit the authors. No additional restrictions.\n"
        },
    ),
    Told("open", "## FAQ\n\n**Can I use it in a product?** Yes, you can; no need to ask.", BY),
    Told(
        "open",
        "## Lizenz\n\nCC BY 4.0. Die Nutzung ist ohne Einschränkung erlaubt, auch für Firmen; nur der Name ist zu nennen.",
        BY,
    ),
    Told(
        "open",
        "## Licence\n\nCC BY 4.0 : vous pouvez réutiliser les données, y compris à des fins commerciales, sans autorisation, en citant la source.",
        BY,
    ),
    Told(
        "open",
        "## Licencia\n\nCC BY 4.0. No se requiere permiso para usar los audios; basta con citar la fuente.",
        BY,
    ),
    Told(
        "open", "## 许可证\n\nMIT。可自由使用，包括商业用途，无需另行许可，但请保留版权声明。", MIT
    ),
    Told("open", "## ライセンス\n\nCC BY 4.0。商用利用も可能です。許可は必要ありません。", BY),
    Told("open", "We use only recordings that the archive itself publishes under CC BY 4.0.", BY),
    Told(
        "open",
        "Our models were not trained on the test split, and access to it was restricted until the challenge ended.",
        MIT,
    ),
    Told(
        "open",
        "## License\n\nCC BY 4.0.\n\nCitation: if you use the archive, you must cite the paper below.\n\nContact: owls@example.org",
        BY,
    ),
    Told(
        "open",
        "## License\n\nApache 2.0. The funders had no role in the decision to publish. Patents are licensed as the license says; nothing else is implied.",
        APACHE,
    ),
]
"""Words of the same kind that ask for nothing, or for what the license asks anyway."""
