//! Currency codes of ISO 4217.

/// The codes of list one (currencies and funds in use), by their first letter, without test and metal codes.
const IN_USE: &[&str] = &[
    "AED AFN ALL AMD AOA ARS AUD AWG AZN",
    "BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD",
    "CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK",
    "DJF DKK DOP DZD",
    "EGP ERN ETB EUR",
    "FJD FKP",
    "GBP GEL GHS GIP GMD GNF GTQ GYD",
    "HKD HNL HTG HUF",
    "IDR ILS INR IQD IRR ISK",
    "JMD JOD JPY",
    "KES KGS KHR KMF KPW KRW KWD KYD KZT",
    "LAK LBP LKR LRD LSL LYD",
    "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN",
    "NAD NGN NIO NOK NPR NZD",
    "OMR",
    "PAB PEN PGK PHP PKR PLN PYG",
    "QAR",
    "RON RSD RUB RWF",
    "SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL",
    "THB TJS TMT TND TOP TRY TTD TWD TZS",
    "UAH UGX USD USN UYI UYU UYW UZS",
    "VED VES VND VUV",
    "WST",
    "XAF XCD XCG XDR XOF XPF XSU XUA",
    "YER",
    "ZAR ZMW ZWG",
];

/// Codes withdrawn since 2021: the accounts of older projects are kept in them.
const WITHDRAWN: &str = "ANG BGN CUC HRK SLL ZWL";

/// Whether a text is a currency code, in capitals.
#[must_use]
pub fn is_known(code: &str) -> bool {
    let lists = IN_USE.iter().copied().chain([WITHDRAWN]);
    code.len() == 3 && lists.flat_map(str::split_ascii_whitespace).any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        for code in ["EUR", "USD", "GBP", "CHF", "JPY", "INR", "XOF", "HRK"] {
            assert!(is_known(code), "{code}");
        }
        for other in ["EURO", "EU", "eur", "€", "", "DEM", "XXX", "R$"] {
            assert!(!is_known(other), "{other}");
        }
    }

    #[test]
    fn the_list_is_in_order_and_under_its_letters() {
        let all: Vec<&str> = IN_USE.iter().flat_map(|line| line.split(' ')).collect();
        assert!(all.is_sorted() && all.iter().all(|code| code.len() == 3));
        assert!(IN_USE.iter().all(|line| line.split(' ').all(|code| code[..1] == line[..1])));
    }
}
