//! A hundred more forms of entries, as they are typed, and what they mean on Wednesday, 5 August 2026.

use super::tests::check;

/// What colleagues wrote on their phones, in both languages, on a Wednesday.
#[test]
fn forms_as_they_are_typed() {
    check(
        "Mo 45 min => 45@-2
        mo 45min => 45@-2
        MO 45 MIN => 45@-2
        Mo, 45 min => 45@-2
        Montag: 1,5 Std. => 90@-2
        am Montag 1,5 Std. => 90@-2
        letzten Montag 1h => 60@-2
        Di 1h30 Kommentare => 90@-1+
        Fr. 2h => 120@-5
        am Fr 30 => 30@-5
        So. 15 min => 15@-3
        am 3.8. 1,5 Std. => 90@-2
        am 3. August 1,5 Std. => 90@-2
        3.8.2026 45 min => 45@-2
        vom 3.8. 45 min => 45@-2
        45 min vom 3.8. => 45@-2
        45 min from Monday => 45@-2
        2 h vom 3.8. bis 5.8. => no
        45 min für Montag vorbereitet => 45+
        last Friday 2h => 120@-5
        on Friday 2h => 120@-5
        2h on Friday => 120@-5
        2h last Friday => 120@-5
        Monday: 45 min => 45@-2
        Mon 45 min => 45@-2
        Mon, 45 min => 45@-2
        3 August 1.5 h => 90@-2
        August 3: 45 min => 45@-2
        45 min on 3 August => 45@-2
        45 min yesterday => 45@-1
        yesterday: 1h => 60@-1
        1h30 yesterday, 45 min today => 90@-1, 45
        1h yesterday replying to comments => 60@-1+
        gestern 2 Stunden Planung => 120@-1+
        gestern 1:30 => 90@-1
        vorgestern: 1,5 h => 90@-2
        heute 20 => 20
        heute 2 => 120|2
        today 45 => 45
        1 Std => 60
        1std => 60
        1Std. 15Min. => 75
        1 h 15 => 75
        1h 5m => 65
        2 h 0 min => 120
        0h45 => 45
        0:05 => 5
        ,5 h => no
        .5 h => no
        1,0 h => 60
        10 min => 10
        10 Minuten Telefonat => 10+
        30 Min Instagram, 15 Min Facebook => 45+
        Mo 30 min, Di 45 min, Mi 1h => 30@-2, 45@-1, 60
        Mo: 30 min␤Di: 45 min␤Mi: 1h => 30@-2, 45@-1, 60
        Mon 30 min; Tue 1h => 30@-2, 60@-1
        Mo 1.30, Di 2 => 90|78@-2, 120|2@-1
        3.8. 1h, 4.8. 45 min => 60@-2, 45@-1
        gestern 1h, vorgestern 30 min => 60@-1, 30@-2
        zwei Stunden gestern => 120@-1
        gestern eine halbe Stunde => 30@-1
        half an hour yesterday => 30@-1
        an hour and a half on Monday => 90@-2
        30 + 15 min => 45
        45 Minuten. => 45
        45 min :) => 45+
        25 h => too much
        gestern 25 Stunden => too much
        -45 min => not positive
        gestern minus 1 h => not positive
        30.2. 1 h => no 30.2.
        31.6. 45 min => no 31.6.
        am 31.4. 45 min => no 31.4.
        Donnerstag nächste Woche 1h => no
        nächsten Freitag 1h => future
        tomorrow 45 min => future
        45 min tomorrow => future
        1h30 мин => 90+
        ４５ Min => no
        45 мин => no
        1٫5 h => no
        start 1h => no
        stopp => no
        weg 3.8. => no
        45 € => no
        45 min? => no",
    );
}
