"""Names of countries in English, and those in their own languages that stand on envelopes (ISO 3166-1)."""

from __future__ import annotations

from scanner.recognizers.gazetteer import listed

# `_` stands for a space
COUNTRIES = [
    name.replace("_", " ")
    for name in listed(
        """Afghanistan Albania Algeria Algérie Andorra Angola Argentina Armenia Aruba Australia Austria Österreich
        Azerbaijan Bahamas Bahrain Bangladesh Barbados Belarus Belgium Belgique België Belize Benin Bermuda Bhutan
        Bolivia Bosnia Bosnia_and_Herzegovina Botswana Brazil Brasil Brunei Bulgaria Burkina_Faso Burundi Cambodia
        Cameroon Cameroun Canada Cape_Verde Cayman_Islands Chile China PRC Colombia Comoros Congo Costa_Rica Croatia
        Hrvatska Cuba Curaçao Cyprus Czech_Republic Czechia Denmark Danmark Djibouti Dominica Dominican_Republic
        Ecuador Egypt El_Salvador England Equatorial_Guinea Eritrea Estonia Eesti Eswatini Ethiopia Faroe_Islands Fiji
        Finland Suomi France Gabon Gambia Germany Deutschland Ghana Gibraltar Greece Greenland Grenada Guadeloupe Guam
        Guatemala Guernsey Guinea Guinea-Bissau Guyana Haiti Honduras Hong_Kong Hungary Magyarország Iceland Ísland
        India Indonesia Iran Iraq Ireland Éire Isle_of_Man Israel Italy Italia Ivory_Coast Côte_d'Ivoire Jamaica Japan
        Kazakhstan Kenya Kiribati Kosovo Kuwait Kyrgyzstan Laos Latvia Latvija Lebanon Lesotho Liberia Libya
        Liechtenstein Lithuania Lietuva Luxembourg Macau Macao Madagascar Malawi Malaysia Maldives Mali Malta
        Martinique Mauritania Mauritius Mexico México Micronesia Moldova Monaco Mongolia Montenegro Montserrat Morocco
        Maroc Mozambique Myanmar Namibia Nauru Nepal Netherlands The_Netherlands Nederland New_Caledonia New_Zealand
        Nicaragua Nigeria North_Korea North_Macedonia Northern_Ireland Norway Norge Oman Pakistan Palau Palestine Panama
        Panamá Papua_New_Guinea Paraguay Peru Perú Philippines Poland Polska Portugal Puerto_Rico Qatar Romania România
        Russia Russian_Federation Rwanda Samoa San_Marino Saudi_Arabia Scotland Senegal Sénégal Serbia Srbija Seychelles
        Sierra_Leone Singapore Slovakia Slovensko Slovenia Slovenija Solomon_Islands Somalia South_Africa South_Korea
        Republic_of_Korea South_Sudan Spain España Sri_Lanka Sudan Suriname Sweden Sverige Switzerland Schweiz Suisse
        Svizzera Syria Taiwan Tajikistan Tanzania Thailand Timor-Leste Togo Tonga Trinidad_and_Tobago Tunisia Turkey
        Türkiye Turkmenistan Tuvalu Uganda Ukraine UK U.K. United_Arab_Emirates UAE United_Kingdom Great_Britain
        United_States_of_America United_States USA US U.S.A. U.S. Uruguay Uzbekistan Vanuatu Vatican Venezuela Vietnam
        Viet_Nam Wales Yemen Zambia Zimbabwe"""
    )
]
