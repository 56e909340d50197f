//! What people write about being away, and what it means on Wednesday, 5 August 2026.

use super::*;
use proptest::prelude::*;

fn today() -> NaiveDate {
    date("2026-08-05")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn told(text: &str) -> String {
    match parse(text, today()) {
        Ok(Span { from, to, half, open }) => {
            let half = match half {
                Some(Half::Morning) => " morning",
                Some(Half::Afternoon) => " afternoon",
                None => "",
            };
            let to = if from == to { String::new() } else { format!("/{to}") };
            format!("{from}{to}{half}{}", if open { "…" } else { "" })
        }
        Err(Refusal::NotADate) => "no".into(),
        Err(Refusal::Impossible(date)) => format!("no {date}"),
        Err(Refusal::Backwards { .. }) => "backwards".into(),
        Err(Refusal::TooLong) => "too long".into(),
        Err(Refusal::LongPast(_)) => "long past".into(),
    }
}

/// Every line is `text => days`.
fn check(table: &str) {
    let wrong: Vec<String> = table
        .lines()
        .filter_map(|line| line.trim().split_once(" => "))
        .filter(|(text, days)| told(text) != *days)
        .map(|(text, days)| format!("{text}: {} instead of {days}", told(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_day() {
    check(
        "heute => 2026-08-05
        today => 2026-08-05
        weg heute => 2026-08-05
        heute weg => 2026-08-05
        Ich bin morgen nicht da => 2026-08-06
        morgen => 2026-08-06
        away tomorrow => 2026-08-06
        I'm off tomorrow => 2026-08-06
        übermorgen frei => 2026-08-07
        the day after tomorrow => 2026-08-07
        gestern => 2026-08-04
        krank heute => 2026-08-05
        Montag => 2026-08-10
        am Montag weg => 2026-08-10
        Mittwoch => 2026-08-05
        nächsten Mittwoch => 2026-08-12
        next Wednesday => 2026-08-12
        letzten Montag => 2026-08-03
        this Friday => 2026-08-07
        3.9. => 2026-09-03
        3.8. => 2026-08-03
        10.7. => 2026-07-10
        1.7. => 2027-07-01
        am 7. => 2026-08-07
        am 3. => 2026-09-03
        am 31. => 2026-08-31
        7. August => 2026-08-07
        Aug 7 => 2026-08-07
        August 7th, 2026 => 2026-08-07
        2026-08-07 => 2026-08-07
        7.8.2026 => 2026-08-07
        7.8.26 => 2026-08-07
        10.6.2026 => 2026-06-10
        weg - morgen => 2026-08-06
        Urlaub: 7.8. => 2026-08-07",
    );
}

#[test]
fn several_days() {
    check(
        "away tomorrow to Friday => 2026-08-06/2026-08-07
        weg 3.–7.8. => 2026-08-03/2026-08-07
        weg 10.-14.8. => 2026-08-10/2026-08-14
        Urlaub 3.8. bis 14.8. => 2026-08-03/2026-08-14
        Urlaub 3.8.-14.8. => 2026-08-03/2026-08-14
        Urlaub 3.8-14.8 => 2026-08-03/2026-08-14
        vom 3. bis 7. August => 2026-08-03/2026-08-07
        vom 10. bis zum 14. => 2026-08-10/2026-08-14
        vom 28. bis zum 3. => 2026-08-28/2026-09-03
        Ich bin vom 10. bis 14.8. im Urlaub => 2026-08-10/2026-08-14
        10.8. bis einschließlich 14.8. => 2026-08-10/2026-08-14
        Mo bis Mi => 2026-08-10/2026-08-12
        Mo-Mi => 2026-08-10/2026-08-12
        Montag–Mittwoch => 2026-08-10/2026-08-12
        Mi bis Mo => 2026-08-05/2026-08-10
        Freitag bis Montag => 2026-08-07/2026-08-10
        Mo 10.8. bis Fr 14.8. => 2026-08-10/2026-08-14
        Do und Fr => 2026-08-06/2026-08-07
        heute und morgen => 2026-08-05/2026-08-06
        Thursday and Friday => 2026-08-06/2026-08-07
        heute bis Freitag => 2026-08-05/2026-08-07
        bis Freitag => 2026-08-05/2026-08-07
        away until Friday => 2026-08-05/2026-08-07
        weg bis 14.8. => 2026-08-05/2026-08-14
        from tomorrow until next Monday => 2026-08-06/2026-08-10
        morgen bis übermorgen => 2026-08-06/2026-08-07
        3 Aug - 7 Aug => 2026-08-03/2026-08-07
        3-7 August => 2026-08-03/2026-08-07
        away from 3 to 7 August => 2026-08-03/2026-08-07
        Aug 3-7 => 2026-08-03/2026-08-07
        2026-08-03 to 2026-08-07 => 2026-08-03/2026-08-07
        2026-08-03 - 2026-08-07 => 2026-08-03/2026-08-07
        3.8.2026-7.8.2026 => 2026-08-03/2026-08-07
        3.–7.8.2026 => 2026-08-03/2026-08-07
        28.12. bis 3.1. => 2026-12-28/2027-01-03
        28.12. bis 3.1.2027 => 2026-12-28/2027-01-03
        1.7. bis 14.8. => 2026-07-01/2026-08-14
        nächste Woche => 2026-08-10/2026-08-14
        next week => 2026-08-10/2026-08-14
        off next week => 2026-08-10/2026-08-14
        übernächste Woche => 2026-08-17/2026-08-21
        diese Woche => 2026-08-05/2026-08-07
        letzte Woche => 2026-07-27/2026-07-31
        KW 33 => 2026-08-10/2026-08-14
        Urlaub KW 1 => 2027-01-04/2027-01-08",
    );
}

#[test]
fn half_days_and_open_ends() {
    check(
        "morgen Vormittag => 2026-08-06 morning
        heute Nachmittag weg => 2026-08-05 afternoon
        away tomorrow morning => 2026-08-06 morning
        tomorrow in the afternoon => 2026-08-06 afternoon
        Freitagnachmittag => 2026-08-07 afternoon
        morgen nachmittags => 2026-08-06 afternoon
        half a day tomorrow => 2026-08-06 morning
        morgen einen halben Tag => 2026-08-06 morning
        morgen früh bis Freitag => 2026-08-06/2026-08-07
        ab jetzt => 2026-08-05…
        from now => 2026-08-05…
        from now on => 2026-08-05…
        weg ab sofort => 2026-08-05…
        ab Montag => 2026-08-10…
        ab heute bis Freitag => 2026-08-05/2026-08-07
        since yesterday => 2026-08-04…",
    );
}

#[test]
fn what_is_no_absence_is_refused() {
    check(
        "weg => no
        Urlaub => no
        Urlaub ist schön => no
        weg 3 => no
        weg 3-7 => no
        weg 3 Tage => no
        weg um 3 => no
        45 min => no
        1:30 => no
        weg bis 15 Uhr => no
        Montag und Mittwoch => no
        morgen bis => no
        3.8.- => no
        am Montag posten wir => no
        nächste Woche bis Freitag => no
        31.2. => no 31.2.
        29.2. => no 29.2.
        2027-02-29 => no 29.2.2027
        32.8. bis 3.9. => no 32.8.
        3.13. => no 3.13.
        KW 60 => no
        10.8. bis 7.8. => backwards
        7.8. bis 3.8. => backwards
        morgen bis 3.8. => backwards
        14.8.2026 bis 3.8.2026 => backwards
        Freitag bis heute => backwards
        3.8.2026 bis 4.8.2027 => too long
        3.8.2026 bis 3.8.2027 => 2026-08-03/2027-08-03
        3.8.2025 => long past
        1.6.2026 => long past",
    );
    assert_eq!(told(&"weg ".repeat(60)), "no");
}

#[test]
fn an_absence_is_announced_with_its_word_first() {
    for text in ["weg morgen", "Away from 3 to 7", "Ich bin abwesend", "I'm off", "URLAUB", "bin nicht da", "krank"] {
        assert!(looks_like_absence(text), "{text}");
    }
    for text in ["Wegweiser", "morgen", "45 min", "", "Ich bin da", "Der Urlaub war gut"] {
        assert!(!looks_like_absence(text), "{text}");
    }
}

#[test]
fn a_single_date_is_the_next_one() {
    for (text, expected) in [
        ("3.8.2026", "2026-08-03"),
        ("3.8.", "2027-08-03"),
        ("7.8", "2026-08-07"),
        ("2026-11-02", "2026-11-02"),
        ("2 November", "2026-11-02"),
        ("morgen", "2026-08-06"),
        ("Montag", "2026-08-10"),
    ] {
        assert_eq!(parse_date(text, today()), Ok(date(expected)), "{text}");
    }
    assert_eq!(parse_date("30.2.2026", today()), Err(Refusal::Impossible("30.2.2026".into())));
    for text in ["", "3", "3.8. bis 4.8.", "bald", "morgen früh", "3/8/2026"] {
        assert_eq!(parse_date(text, today()), Err(Refusal::NotADate), "{text}");
    }
}

proptest! {
    #[test]
    fn a_written_span_reads_back(from in -50..300i32, days in 0..120i32) {
        let (from, to) = (shift(today(), from), shift(today(), from + days));
        let span = Ok(Span { from, to, half: None, open: false });
        for form in [
            format!("{from} to {to}"),
            format!("weg {} bis {}", from.format("%d.%m.%Y"), to.format("%-d.%-m.%Y")),
            format!("away {} - {}", from.format("%-d %B %Y"), to.format("%b %-d, %Y")),
        ] {
            prop_assert_eq!(parse(&form, today()), span.clone(), "{}", form);
        }
    }

    #[test]
    fn no_text_breaks_the_rules(text in "(weg|bis|ab|heute|Mo|Fr|und|nächste|Woche|KW|[0-9]{1,2}|3\\.8\\.|\\.|-| |2026|August|halber|Tag){0,9}|.{0,20}") {
        if let Ok(span) = parse(&text, today()) {
            prop_assert!(span.from <= span.to && (span.to - span.from).num_days() < MAX_DAYS, "{}", text);
            prop_assert!(span.half.is_none() || span.from == span.to);
        }
        let _ = (parse_date(&text, today()), looks_like_absence(&text));
    }
}

#[test]
fn a_dash_that_touches_a_number_may_be_a_slip_and_notes_nothing() {
    check(
        "weg -3. => no
        weg -3.8. => no
        weg –7.8. => no
        -7.8. => no
        weg -3. bis 7.8. => no
        weg - 7.8. => 2026-08-07
        weg: 3.-7.8. => 2026-08-03/2026-08-07
        weg bis 7.8. => 2026-08-05/2026-08-07",
    );
}
