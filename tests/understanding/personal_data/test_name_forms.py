"""Names as case systems, forms and the police write them, and what only looks so."""

from __future__ import annotations

import pytest
import regex

from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.redactor import Redactor
from tests.shipped import SAFETY


@pytest.fixture(scope="module")
def personal_data() -> Redactor:
    return Redactor(SAFETY)


MOST_LEFT, MOST_TAKEN = 0.06, 0.25
"""Of these lists, whose authors had the rules of an earlier version before them."""

NAMED = [
    ("KIERAN WALSH yr 9 came in", "KIERAN WALSH"),
    ("BAXTER, Lily-Rose is subject to a plan", "BAXTER Lily Rose"),
    ("Mum JADE and dad DEAN", "JADE DEAN"),
    ("Jonathan L. Oakes-Barton missed it", "Jonathan Oakes Barton"),
    ("SMITH-JONES, Alfie James (DOB 1.2.2014) on CPP", "SMITH JONES Alfie James"),
    ("WALSH Kieran not in school today", "WALSH Kieran"),
    ("Kieran WALSH did not attend", "Kieran WALSH"),
    ("OYELARAN, Tunde missing from care", "OYELARAN Tunde"),
    ("YOUNG, Kieran has a plan", "YOUNG Kieran"),
    ("Surname: PATEL Forename: GRACE", "PATEL GRACE"),
    ("Name: Jade", "Jade"),
    ("Child: Dean, aged 9", "Dean"),
    ("Subject: Rose Cook", "Rose Cook"),
    ("A. J. Smith rang again", "Smith"),
    ("Smith, A. has asked for his file", "Smith"),
    ("PATEL, G. wants to see it", "PATEL"),
    ("O'BRIEN did not attend", "BRIEN"),
    ("seen by Dr McDONALD today", "DONALD"),
    ("KIERAN/WALSH referral", "KIERAN WALSH"),
    ("see note on Kieran_Walsh", "Kieran Walsh"),
    ("re KieranWalsh again", "Kieran Walsh"),
    ("the WALSH family were seen", "WALSH"),
    ("spoke to WALSH about it", "WALSH"),
    ("WALSH'S brother", "WALSH"),
    ("KIERAN WALSH NOT BREATHING HELP", "KIERAN WALSH"),
    ("BAXTER, LILY-ROSE IS SUBJECT TO A PLAN", "BAXTER LILY ROSE"),
    ("MUM JADE AND DAD DEAN HAVE SPLIT UP", "JADE DEAN"),
    ("JONATHAN L. OAKES-BARTON REFUSED", "JONATHAN OAKES BARTON"),
    ("siblings ALFIE (6), MILLIE (4), baby ROSE", "ALFIE MILLIE ROSE"),
    ("Does anyone know if Mark (stepdad) has a flag", "Mark"),
    ("Honey (Y1) says that daddy bites", "Honey"),
    ("so River came in, and then Destiny left", "River Destiny"),
    ("SUMMER (yr 2) is here. We saw Summer cry", "SUMMER"),
    ("ivy says it hurt her", "ivy"),
    ("we met the Doran family and Paddy Doran", "Paddy Doran"),
    ("child goes by 'Bubba'", "Bubba"),
    ("the DSL's own son, Rufus, shared it", "Rufus"),
    ("Sarah's case conference is Friday", "Sarah"),
    ("Jay has a review on Tuesday", "Jay"),
    ("Martha hit the case worker", "Martha"),
    ("Mr Halton and Shirley came in", "Halton Shirley"),
    ("Halton, Lily is at home. Kieran Sutton too", "Halton Lily Sutton"),
    ("Smith J (b) in care, Smith A (g) at home", "Smith"),
    ("Brown T (f), Green S (mgm)", "Brown Green"),
    ("Williams A missed 2, Jones B missed none", "Williams Jones"),
    ("Attendees:\n- Wren C\n- Fern D", "Wren Fern"),
    ("Unborn Baxter has a plan", "Baxter"),
    ("Re: Fw: Baxter/Kite family", "Baxter Kite"),
    ("the Price family and the Wood family", "Price Wood"),
    ("Ms. T. Fairweather-Lowe's report", "Fairweather Lowe"),
    ("ref made by C. Thorne on behalf", "Thorne"),
    ("her mum's bf TW sleeps there", "TW"),
    ("AB (mum) and CD (dad) fell out", "AB CD"),
    ("KB disclosed to MT, and Mr P saw", "KB MT P"),
    ("- Jade", "Jade"),
    ("Jade: refused", "Jade"),
    ("`Jade` and *Dean* and [Lily]", "Jade Dean Lily"),
    ("Jade / Dean", "Jade Dean"),
    ('{"first":"Lily","last":"Fell"}', "Lily Fell"),
    ("<first>Otis</first><last>Fell</last>", "Otis Fell"),
    ("<b>Jade</b> <i>Baxter</i> refused", "Jade Baxter"),
    ("#JadeBaxter", "JadeBaxter"),
    ("MumJade and jadebaxter", "MumJade jadebaxter"),
    ("lily.baxter.docx", "lily baxter"),
    ("N'Golo, N'Diaye and Ja'Quan", "Golo Diaye Quan"),
    ("Wu, Li Na and Ng, nguyen thi hong nhung", "Wu Li Na Ng nguyen nhung"),
    ("mUm jAdE and dEaN", "jAdE dEaN"),
    ("K4yl31gh and J4de", "K yl gh J de"),
    ("J😀a😀d😀e said no", "J a d e"),
    ("Summer told her teacher", "Summer"),
    ("summer said her stepdad comes in", "summer"),
    ("Hope's bruises are new", "Hope"),
    ("Ruby's bruises. Ruby is non-mobile", "Ruby"),
    ("Christian is in Y9 and self harms", "Christian"),
    ("Will is 7, Chase has a bruise", "Will Chase"),
    ("Hope and Faith are twins, and Kieran", "Hope Faith"),
    ("Storm, Blaze and Phoenix", "Storm Blaze Phoenix"),
    ("1. Jack\n2. Rose\n3. Mark", "Jack Rose Mark"),
    ("worried about poppy, do i tell", "poppy"),
    ("told me by mason that", "mason"),
    ("told me by mason on monday", "mason"),
    ("spoke with frank and jade", "frank jade"),
    ("mum ruby using heroin", "ruby"),
    ("КIЕRАN WАLSН yr 9 came in", "KIERAN WALSH КIЕRАN WАLSН"),
]


def is_left(personal_data: Redactor, text: str, names: str) -> bool:
    redacted = regex.findall(r"\p{L}+", personal_data.redact(normalise(text)).text.casefold())
    return not set(names.casefold().split()).isdisjoint(redacted)


def test_names_are_taken_out(personal_data: Redactor) -> None:
    left = [text for text, names in NAMED if is_left(personal_data, text, names)]
    assert len(left) <= MOST_LEFT * len(NAMED), left


NAMELESS = [
    "the MASH said no",
    "CAMHS and the DSL disagree with the IRO about the EHCP",
    "LADO told us WT2023 applies, NSPCC agree",
    "MARAC, MAPPA and DASH forms",
    "DOES MARAC SHARE WITH MAPPA",
    "WHAT IS A CPOMS LOG AND A MARF",
    "URGENT please help",
    "PLEASE HELP he is NOT breathing",
    "PLEASE HELP SHE WON'T WAKE UP",
    "she WILL kill him and she MAY have a knife",
    "HE HAS TAKEN ALL THE PILLS AND IS UNCONSCIOUS",
    "THE CHILD IS IN DANGER NOW",
    "DAD HAS A KNIFE AND IS COMING TO SCHOOL",
    "I HOPE the plan works, GRACE period over",
    "Subject: URGENT referral",
    "Name: not known",
    "Child: aged 9",
    "From: MASH To: DSL",
    "Lincoln, Solihull and Knowsley",
    "plan B. Then what",
    "see Appendix A. Consent is covered there",
    "a tricky ethics Q. Young people first",
    "KCSIE 2025, PACE 1984",
    "is dad Christian, and does it matter",
    "Sarah's Law, Claires Law and Martha's rule",
    "the Jay report, the Munro review and Fraser guidelines",
    "THE STAR HOBSON REVIEW",
    "H E L P M E",
    "h e l p m e n o w",
    "St John Ambulance and the Marie Collins Foundation",
    "is it still called 'honour-based' abuse",
    "the forum and a grace period",
    "a school trip to Florence",
    "a moses basket and a stanley knife",
    "Will Sandwell or Dudley lead?",
    "Will the plan be shared. May I share it. Will it help",
    "Hope this helps. Mark this as done. Grace period is over",
    "Summer has come and gone, summer holidays are next",
    "May is 31 days, and April has been hard",
    "worried about summer holidays and spoke with joy",
    "told me by phone, a random guy said so",
    "the child grace period and worried about rose petals",
    "Rag Rated Red, Amber, Green",
    "plan B. Then group C. Sofas came",
    "Vitamin D (deficiency), Plan B, Appendix A",
    "the Foster family, the Black family and the Roma families",
    "AIM3, S47 and CP2 forms",
    "SharePoint and YouTube, found at McDonald's",
    "SW (mum has one) disclosed to TA",
    "First: consent. Last: review",
    "miss a review, ms a was late",
    "Haringey, Sefton and Wirral, and the offices in Huyton and Prescot",
    "is it different in sleaford or in Chelmsley Wood",
    "a family moved from Louth, the school in Shirley",
    "Should the Dean or Bishop know? And the Rabbi, Pastor or Bursar?",
    "Dean of the faculty",
    "IBAN for accom, EMIS, Azeus and Liquidlogic",
    "Charlie's Law and Jade's Law",
    "conf on 12 Mar 2024",
    "heard at Lincoln Crown Court",
]


def test_what_only_looks_like_a_name_stays(personal_data: Redactor) -> None:
    taken = [text for text in NAMELESS if personal_data.redact(normalise(text)).text != text]
    assert len(taken) <= MOST_TAKEN * len(NAMELESS), taken


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Subject: HUSSAIN/Ayesha. S47 agreed", "Subject: [name]. S47 agreed"),
        ("1) Kieran 2) Ayesha", "1) [name] 2) [name]"),
        ("(Kieran, 7) and Ayesha (8)", "([name], [age]) and [name] ([age])"),
        ("Cllr Ravenscroft asked", "Cllr [name] asked"),
    ],
)
def test_what_stands_beside_a_name_stays(personal_data: Redactor, text: str, left: str) -> None:
    assert personal_data.redact(text).text == left
