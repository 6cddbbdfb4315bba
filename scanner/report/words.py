"""Plain words for what the counts call by codes: entity types, countries, roles."""

from __future__ import annotations

_TYPES = {
    "ADDRESS": "Postal address",
    "AE_EMIRATES_ID": "Emirates ID number",
    "BANK_ACCOUNT": "Bank account",
    "CN_PASSPORT": "Chinese passport number",
    "CN_RESIDENT_ID": "Chinese resident identity number",
    "CN_USCC": "Chinese social credit code",
    "CREDIT_CARD": "Payment card number",
    "DATE_OF_BIRTH": "Date of birth",
    "DOOR_CODE": "Door code",
    "EG_NATIONAL_ID": "Egyptian national ID number",
    "EMAIL_ADDRESS": "E-mail address",
    "HK_ID": "Hong Kong identity card number",
    "IBAN_CODE": "Bank account (IBAN)",
    "IP_ADDRESS": "IP address",
    "JP_DRIVER_LICENSE": "Japanese driving licence number",
    "JP_MY_NUMBER": "Japanese My Number",
    "JP_PASSPORT": "Japanese passport number",
    "KR_BRN": "Korean business number",
    "KR_CUSTOMS_CODE": "Korean customs clearance code",
    "KR_DRIVER_LICENSE": "Korean driving licence number",
    "KR_FRN": "Korean foreigner registration number",
    "KR_PASSPORT": "Korean passport number",
    "KR_RRN": "Korean resident number",
    "MAC_ADDRESS": "Device address (MAC)",
    "PASSPORT": "Passport number",
    "PERSON": "Name of a person",
    "PHONE_NUMBER": "Telephone number",
    "SA_NATIONAL_ID": "Saudi national ID number",
    "TRACKING_NUMBER": "Parcel number",
    "TW_ARC": "Taiwanese resident certificate number",
    "TW_NATIONAL_ID": "Taiwanese national ID number",
    "UK_NHS": "British NHS number",
    "UK_NINO": "British national insurance number",
    "US_ITIN": "US taxpayer number (ITIN)",
    "US_PASSPORT": "US passport number",
    "US_SSN": "US social security number",
    "USERNAME": "User name",
    "VN_CCCD": "Vietnamese citizen identity number",
    "VN_CMND": "Vietnamese identity card number (old)",
    "VN_TAX_CODE": "Vietnamese tax code",
}
# The members of the European Economic Area, in all of which the GDPR holds.
EEA = {
    "AT": "Austria",
    "BE": "Belgium",
    "BG": "Bulgaria",
    "CY": "Cyprus",
    "CZ": "Czechia",
    "DE": "Germany",
    "DK": "Denmark",
    "EE": "Estonia",
    "ES": "Spain",
    "FI": "Finland",
    "FR": "France",
    "GR": "Greece",
    "HR": "Croatia",
    "HU": "Hungary",
    "IE": "Ireland",
    "IS": "Iceland",
    "IT": "Italy",
    "LI": "Liechtenstein",
    "LT": "Lithuania",
    "LU": "Luxembourg",
    "LV": "Latvia",
    "MT": "Malta",
    "NL": "Netherlands",
    "NO": "Norway",
    "PL": "Poland",
    "PT": "Portugal",
    "RO": "Romania",
    "SE": "Sweden",
    "SI": "Slovenia",
    "SK": "Slovakia",
}
_COUNTRIES = EEA | {
    "AE": "United Arab Emirates",
    "CA": "Canada",
    "CN": "China",
    "EG": "Egypt",
    "GB": "United Kingdom",
    "HK": "Hong Kong",
    "JP": "Japan",
    "KR": "South Korea",
    "MO": "Macau",
    "SA": "Saudi Arabia",
    "TW": "Taiwan",
    "US": "United States",
    "VN": "Vietnam",
}


def type_name(entity_type: str) -> str:
    """What an entity type is, in plain words; of one that is not ours, its own name in small letters."""
    known = _TYPES.get(entity_type)
    if known:
        return known
    country, _, rest = entity_type.partition("_")
    own = rest if len(country) == 2 and rest else entity_type
    words = own.replace("_", " ").lower().capitalize()
    return words if own == entity_type else f"{words} ({country})"


def country_name(code: str) -> str:
    """The English name of an ISO 3166-1 alpha-2 code; the code itself of a country that we have no rules for."""
    return _COUNTRIES.get(code, code)


def role_name(role: str | None) -> str:
    """Whose value it is."""
    return role or "not said"
