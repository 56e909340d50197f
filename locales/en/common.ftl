# Formats, buttons that stand in many places, and answers to what could not be read.
# Marks: *bold* and _italic_. Arguments arrive ready to read (lengths of time, days, hours).

language-name = English

## Formats

# $hours full hours, $minutes what is left, 0 to 59
fmt-duration = { $hours ->
    [0] { $minutes } min
   *[other] { $minutes ->
        [0] { $hours } h
        [1] { $hours }:01 h
        [2] { $hours }:02 h
        [3] { $hours }:03 h
        [4] { $hours }:04 h
        [5] { $hours }:05 h
        [6] { $hours }:06 h
        [7] { $hours }:07 h
        [8] { $hours }:08 h
        [9] { $hours }:09 h
       *[other] { $hours }:{ $minutes } h
    }
}
# $weekday 1 (Monday) to 7, $day, $month 1 to 12, $year
fmt-day = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
fmt-weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
fmt-hour = { $hour }:00
fmt-list-comma = ,{ " " }
fmt-list-last = { " " }and{ " " }
fmt-bullet = •{ " " }

weekday = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
weekday-short = { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
day = { $day }
hour = { $hour }

# The days of an absence, used inside other sentences. $span: one or many
span-when = { $span ->
    [morning] on the morning of { $from }
    [afternoon] on the afternoon of { $from }
    [one] on { $from }
   *[many] from { $from } to { $to }
}
span-days = { $span ->
    [morning] { $from }, morning
    [afternoon] { $from }, afternoon
    [one] { $from }
   *[many] { $from } to { $to }
}

## Buttons

button-next = Next
button-back = Back
button-done = Done
button-later = Later
button-home = Overview
button-share = Share link

## What could not be read

text-unclear =
    I didn’t get that.

    To log time, write “45 min”. If you’ll be away, something like “away 3–7 Aug”.

    /help shows more.
media-unreadable = I can’t read pictures, voice messages or files. Could you put it in words?
edit-ignored = I don’t go back to messages that were changed. Please send it again. To take back a wrong time, use the button below it.
command-unknown = I don’t know that command. /help shows what there is.
apology = Something went wrong on my side and I lost what you sent. Please try again.
flood = That was a lot at once. I won’t read what comes now; in a minute we can go on.
flood-presses = Those were a lot of buttons at once. In a minute we can go on.
stale = This button is out of date.
button-foreign = This button doesn’t work here.
date-impossible = The calendar has no such day. Please try again, for example “24 Nov”.
