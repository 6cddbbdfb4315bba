"""What four laws want a notice of a leak to say, and by when, as of November 2026.

Korea: Personal Information Protection Act (PIPA), article 34, as amended with effect from 11 September 2026, and its
Enforcement Decree, articles 19, 39 and 40. China: Personal Information Protection Law (PIPL), article 57, and the
Measures for the Reporting of National Cybersecurity Incidents of 11 September 2025. European Union: Regulation (EU)
2016/679 (GDPR), articles 33 and 34. Vietnam: Law 91/2025/QH15, article 23, and Decree 356/2025/ND-CP, article 28,
which on 1 January 2026 took the place of Decree 13/2023/ND-CP and its article 23.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scanner.report.words import EEA

Fact = Literal["categories", "people", "records", "identifiers", "place", "time"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a notice has to say, where the law says so, and which fact of the data answers it; None: people must.

    The time of a leak is also for people to say, but the dates of the records help.
    """

    asked: str
    source: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """A law: who is told by when, what the notice says, the countries it holds in, its thresholds of people."""

    name: str
    title: str
    deadlines: tuple[str, ...]
    questions: tuple[Question, ...]
    countries: frozenset[str]
    thresholds: tuple[int, ...] = ()


# Unique identifiers by the Enforcement Decree of PIPA, article 19.
UNIQUE_IDENTIFIERS = ("KR_RRN", "KR_PASSPORT", "KR_DRIVER_LICENSE", "KR_FRN")

KOREA = Law(
    "South Korea",
    "Personal Information Protection Act (개인정보 보호법), article 34",
    (
        "To the people concerned: without delay, at most 72 hours after it is known (article 34; Enforcement Decree, "
        "article 39). Since 11 September 2026 also when it is only known that a leak is possible.",
        "To the Personal Information Protection Commission (PIPC) or the Korea Internet & Security Agency (KISA): at "
        "most 72 hours, where 1,000 people or more are concerned, or sensitive data or unique identifiers, or where it "
        "came by unlawful access from outside (article 34; Enforcement Decree, article 40).",
    ),
    (
        Question("Which items of personal data leaked", "art. 34(1)", "categories"),
        Question("How many people", "Decree art. 40", "people"),
        Question("Unique identifiers among the items", "Decree arts. 19, 40", "identifiers"),
        Question("Records that point to South Korea", "", "place"),
        Question("When and how it happened", "art. 34(1)", "time"),
        Question("What the people concerned can do against harm", "art. 34(1)"),
        Question("What the controller does about it, and how to get redress", "art. 34(1)"),
        Question("Department and contact for those who suffer harm", "art. 34(1)"),
        Question(
            "Rights of the people concerned, such as damages and mediation, and how to use them",
            "art. 34(1), since 2026",
        ),
    ),
    frozenset(["KR"]),
    (1_000,),
)

CHINA = Law(
    "China",
    "Personal Information Protection Law (个人信息保护法), article 57",
    (
        "To the authorities for personal information protection and to the people concerned: immediately (article 57). "
        "The people need not be told where measures effectively avoid harm, unless the authority asks for it.",
        "To the cyberspace administration of the province: at most 4 hours, where personal information of 1,000,000 "
        "people or more leaked; operators of critical infrastructure tell their protection department and the police "
        "within 1 hour (Measures for the Reporting of National Cybersecurity Incidents, article 4 and annex). The "
        "level rises at 10,000,000 and at 100,000,000 people.",
    ),
    (
        Question("Types of information that leaked", "art. 57(1)", "categories"),
        Question("How many people", "Measures, annex", "people"),
        Question("Records that point to China", "", "place"),
        Question("Cause of the leak, and the harm it may do", "art. 57(1)", "time"),
        Question("Remedies taken, and what the people concerned can do against harm", "art. 57(2)"),
        Question("Contact of the processor", "art. 57(3)"),
    ),
    frozenset(["CN"]),
    (1_000_000, 10_000_000, 100_000_000),
)

EUROPE = Law(
    "European Union",
    "General Data Protection Regulation, article 33(3)",
    (
        "To the supervisory authority: without undue delay, where feasible within 72 hours after becoming aware, "
        "unless a risk to the people is unlikely; a later notice gives the reasons (article 33(1)). It may come in "
        "phases (article 33(4)).",
        "To the people concerned: without undue delay, where the risk to them is likely to be high (article 34).",
    ),
    (
        Question("Categories of personal data", "art. 33(3)(a)", "categories"),
        Question("Approximate number of people", "art. 33(3)(a)", "people"),
        Question("Approximate number of records", "art. 33(3)(a)", "records"),
        Question("Records that point to the European Economic Area", "", "place"),
        Question("Nature of the breach; categories of people (customers, staff, …)", "art. 33(3)(a)", "time"),
        Question("Data protection officer or other contact", "art. 33(3)(b)"),
        Question("Likely consequences", "art. 33(3)(c)"),
        Question("Measures taken or proposed", "art. 33(3)(d)"),
    ),
    frozenset(EEA),
)

VIETNAM = Law(
    "Vietnam",
    "Law on Personal Data Protection 91/2025/QH15, article 23, and Decree 356/2025/ND-CP, article 28",
    (
        "To the authority for personal data protection at the Ministry of Public Security, with form 08 of the decree: "
        "at most 72 hours after it is found, where it may harm national defence, security or public order, or the "
        "life, health, honour, dignity or property of the people concerned (article 23). Whoever processes the data "
        "for a controller tells the controller promptly.",
        "In force since 1 January 2026, in place of Decree 13/2023/ND-CP and its article 23.",
    ),
    (
        Question("Categories of personal data", "Decree art. 28(1)(a)", "categories"),
        Question("Volume: records", "Decree art. 28(1)(a)", "records"),
        Question("Volume: people", "Decree art. 28(1)(a)", "people"),
        Question("Records that point to Vietnam", "", "place"),
        Question("Time, place and act, organisations and people involved", "Decree art. 28(1)(a)", "time"),
        Question("Contact of the unit or person for data protection", "Decree art. 28(1)(b)"),
        Question("Possible consequences and damage", "Decree art. 28(1)(c)"),
        Question("Measures taken", "Decree art. 28(1)(d)"),
    ),
    frozenset(["VN"]),
)

LAWS = (KOREA, CHINA, EUROPE, VIETNAM)
