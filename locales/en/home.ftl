# Overview, progress, calendar, settings, privacy, help, leaving.
# A line must not begin with *; {""} before it allows that.

## Overview

home-hello = Hello { $name }!
home-lesson-open = You have an open lesson.
home-lesson-next = Next lesson: *{ $day }* at { $hour }
home-before-start = No lesson yet. The round starts: *{ $day }*
home-lessons-done = No lesson is planned at the moment.
home-paused = Paused: no lessons and no reminders.
home-deputy-missing = Your tandem still needs its second person.
more-title = What would you like to see?

button-lesson = Lesson
button-time = Time
button-away = Away
button-more = More
button-progress = Progress
button-concept = Concept
button-calendar = Calendar
button-cover = Cover
button-settings = Settings
button-privacy = Privacy
button-help = Help

## Progress and calendar

progress = *{ $done } of { $total }* lessons
    { $bar }
calendar-title = *Coming up*
calendar-empty = Nothing right now.
calendar-lesson = { $day }: next lesson
calendar-away = { span-days }: you’re away
calendar-cover = { span-days }: you’re standing in

## Settings

settings = *Settings*

    Lessons: { $days } at { $hour }
button-times = Days and time
button-fewer = Fewer reminders
button-all = All reminders
button-pause = Pause
button-resume = End the pause
button-offer = Stand in for other tandems
button-offer-no = No longer stand in for others
pause-on = Paused. No lessons or reminders until you switch them on again. Questions about cover still come.
pause-over = The pause is over. Good to have you back!

## Privacy

privacy-controller = *Responsible:* { $controller }
    {""}*Questions about your data:* { $contact }
privacy-short = *How long?* Entries and their corrections stay for three months after their week closes, then only weekly totals for twelve months. The numbers of the messages in this chat are kept for 48 hours. That way I can remove them when you erase everything.

    {""}*What never?* Reasons for an absence, health, phone numbers. Tandem is not a record of working time.

    {""}*Your rights:* see your data with /mydata, pause with /pause, erase with /delete. If something is wrong, write to the contact above.
privacy-edition = Notice: edition { $edition }, read on { $day }
sees-title = *Who sees what?*
sees-row = *{ $matter }*
    { $who }
sees-cell = { $who }: { $what }
sees-hours = Hours
sees-answers = Answers in lessons and in the closing test
sees-concept = Texts for the concept
sees-absence = Absence
sees-feedback = Feedback
sees-joining = Joining
sees-letters = Questions and requests to the trainers
sees-shared = What you show to the trainers or the round
sees-both = the two of you
sees-oneself = you
sees-partner = the other person
sees-asked = those asked in the round
sees-trainer = trainers
sees-round = everybody in the round
sight-everything = all of it
sight-total = the week’s total
sight-days = the days
sight-name-and-days = your name, organisation and the days
sight-figures = only figures of at least five
sight-shuffled = without names, shuffled, from five answers upwards; sentences word for word
sight-if-named = the text; with a question your name only if you choose so
sight-answered = question and answer without a name, if the trainers answer everybody
sight-given = what you show there, with your name
sight-readiness = your organisation, what is missing before the start, and when somebody leaves
sees-note-hours = The other person’s share can be worked out from the total.
sees-note-absence = No reason is stored anywhere. The round is asked only if you wish.
sees-note-feedback = Until the survey closes, your answers belong to you. Then what leads to you is deleted; with fewer than five answers, all of it. Anonymous towards trainers, not towards Telegram.
sees-employer = *Employer:* nothing, unless you send it.
sees-operator = *Operator:* whoever runs the program could read its database.
sees-telegram = *Telegram:* can read chats with bots. Such chats are not end-to-end encrypted.
button-who-sees = Who sees what?
button-my-data = My data
button-delete = Erase everything
button-back-privacy = Back

## Erasing and leaving

delete-ask =
    Do you want to leave and erase everything about you?

    Your hours stay in your tandem’s total, without your name. The other person and the trainers learn that somebody has left.

    The messages of the last 48 hours, yours and mine, disappear from this chat. Older ones I cannot delete; only you can, in Telegram.

    So that no backup brings you back, a checksum without a name is kept for 92 days.
button-delete-keep = No, stay
button-delete-really = Yes, erase it all
delete-kept = Good. Everything stays as it is.
delete-done = Your data has been erased. The messages of the last 48 hours are about to disappear from this chat. Please delete older ones yourself in Telegram. All the best!
left-partner = { $name } has left your tandem. Your lessons and hours go on; only the cover is missing now.
button-new-deputy = Invite a second person

## Leaving without erasing

button-changes = Changes in the tandem
changes-ask = What should change in your tandem?
button-leave-round = Leave the round
leave-ask =
    Do you want to leave the round?

    Lessons and reminders end. The other person and the trainers learn that somebody has left. What is stored about you stays for now. If you are in no round three months later, it is erased.
button-leave-really = Yes, leave the round
leave-done = You have left the round. Thank you for taking part! If you want everything about you erased right away, use the button.
button-replace = Give the other seat away
replace-ask =
    Shall somebody else take { $name }’s seat?

    { $name } loses the seat at once and hears of it from me, and so do the trainers. The hours stay in your tandem’s total. Cover that was promised is open again.
button-replace-keep = No, leave it as it is
button-replace-really = Yes, somebody new
replaced-told =
    Your seat in the tandem ({ $organisation }) goes to somebody new. Thank you for everything so far!

    Lessons and reminders end with that. If you are in no round three months later, everything about you is erased. The button does it right away.
replaced-partner = Your trainers give { $name }’s seat to somebody new. Your lessons and hours go on; only the cover is missing until somebody joins.
guest-home =
    You have no seat in a tandem right now.

    Here you can see what is stored about you, and have it erased right away. If you left a round, it is erased by itself after three months.
guest-contact = You are the contact of a tandem: when nobody stands in, I tell you here, and what becomes of it. Nothing else comes.
guest-delete-ask =
    Do you want everything about you erased?

    Hours you logged stay in the total, without your name.

    The messages of the last 48 hours, yours and mine, disappear from this chat. Older ones I cannot delete; only you can, in Telegram.

    So that no backup brings you back, a checksum without a name is kept for 92 days.
button-guest-keep = No, keep it

## Help

help = *Things you can simply write:*
    • “45 min” or “1.5 hours yesterday” logs time.
    • “start” and “stop” measure it.
    • “away 3–7 Aug” says you’re away and asks for cover.

    {""}*Commands:*
    /lesson – go on learning
    /hours – your week
    /away – being away
    /cover – who stands in for whom
    /progress – how far you are
    /settings – language, days, time
    /pause – quiet until you’re back
    /privacy – who sees what
    /mydata – what is stored
    /delete – leave
not-a-trainer = That command is for trainers.

# My data
mine-nothing = Nothing is stored about you.
mine-person =
    {""}*What is stored about you*

    Name: { $name }
    Language: { $language }
mine-counts =
    Entries of hours: { $entries } ({ $minutes } in all)
    Absences: { $absences }
    Answers in lessons: { $answers }
    Feedback that still belongs to you: { $ratings }
    Questions that come once more: { $repeats }
mine-rest =
    Besides: the Telegram number of this chat, your seat in the tandem, where you are in the course, your settings, and messages still on their way to you.
mine-rest-trainer = Besides: the Telegram number of this chat, your rounds, what you did with them in the last year, and messages still on their way to you.
mine-changes = Corrections in the list of hours: { $changes }

# Working days and the promise in the settings
button-workdays = Working days
workdays =
    Your working days: { $days }

    From { $from }: { $later }. Tap what shall hold then.
workdays-one = At least one working day has to stay.
settings-promise = Promise: { $minutes } a week, { $by }, { $when }
promise-by-board = board/director
promise-by-head = head of department
settings-promise-since = { $day }
settings-promise-undated = no date
settings-promise-open = Promise: still open
settings-promise-withdrawn = Promise: no longer holds
