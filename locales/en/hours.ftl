# The tandem's list of hours.

hours-title = *Your tandem’s hours*
hours-standing =
    Week { $week }: *{ $logged }* of { $target }
    { $bar }
hours-standing-free = Week { $week }: *{ $logged }* logged. There’s no target: neither of you is there on any day.
hours-past =
    The weeks before:
    { $weeks }
hours-week = Week { $week } { $bar } { $logged } / { $target }
hours-week-free = Week { $week }: { $logged }, no target

hours-logged = ✓ *{ $minutes }* logged for { $day }.
hours-undone = Removed: { $minutes } on { $day }.
hours-which = Which tandem shall I log { $minutes } for?
hours-already = That is logged already.

## Questions at the end of the week

week-hours = The week is nearly over. Is any time missing from your list?
week-hours-late = Is any time missing from your list for last week?
hours-not-released = Noted: the time wasn’t granted. I won’t ask about hours again this week. You can still log some.

## What does not work

hours-not-positive = The time has to be more than zero, for example “15 min”.
hours-too-long = I can’t log more than 16 hours in a day. Did you mean minutes? Then write, say, “45 min”.
hours-day-full = I can’t log more than 16 hours in a day. For { $day } there are { $already } already.
hours-future = That day is still to come. Log the time afterwards, for example “45 min yesterday”.
hours-too-old = { $day } is too long ago. You can log time up to { $days } days later.

## Buttons

button-add = +{ $minutes }
button-undo = Undo
button-undo-last = Remove { $minutes }
button-other = I meant { $minutes }
button-not-released = Time wasn’t granted

## Late entries, notes, the mean

hours-note-not-kept = I don’t keep the words that go with it.
hours-revision = Week { $week } is closed already: this counts as a late entry. It no longer changes the figures for the trainers.
hours-mean = Average of { $count } weeks: { $logged } of { $target }
hours-which-fewer = You are in two rounds. Please send at most { $limit } entries in one message.

## Corrections

button-less = −{ $minutes }
button-minutes = { $minutes }
button-entries = Change entries
button-week-before = Week before
button-week-after = Week after
button-day-before = Day before
button-day-after = Day after
button-write-anew = Write it anew
button-delete-entry = Delete
entries-title = Your entries in week { $week }. Which one would you like to change?
entries-none = You logged nothing in week { $week }.
entry = { $day }: { $minutes }
entry-open = *{ $day }: { $minutes }*
entry-write = What should it be? So far: { $minutes }, { $day }. Write, say, “1.5 h” or “45 min yesterday”.
entry-one-only = Only one time, please, for example “45 min”.

## Timer

button-timer-start = ▶ Start timer
button-timer-stop = ■ Stop
button-timer-go-on = Yes, go on
button-timer-stop-now = Stop now
button-timer-all = All of it: { $minutes }
button-timer-discard = Log nothing
timer-started = ▶ The timer is running. To end it, write “stop”.
timer-runs = ▶ The timer is running: { $minutes }
timer-runs-already = ▶ The timer is running already. To end it, write “stop”.
timer-goes-on = ▶ Good, it goes on. To end it, write “stop”.
timer-elsewhere = Your timer is running for another tandem. Stop that one first.
timer-which = Which tandem shall the timer run for?
timer-none = No timer is running.
timer-still = Is the timer still running? You started it { $minutes } ago.
timer-earlier = Did you stop earlier? Then this long after the start:
timer-long = The timer ran for { $minutes }. I don’t log that much without asking. When did you stop? This long after the start:
timer-too-short = That was less than a minute. Nothing is logged.
timer-discarded = Good. Nothing is logged.

## Why time is missing

button-not-needed = Wasn’t needed
button-were-away = Away
hours-not-needed = Noted: the time wasn’t needed. I won’t ask about hours again this week. You can still log some.
hours-were-away = Noted: you were away. I won’t ask about hours again this week. You can still log some.

## The promise

promise-ask = Half a year has passed: does your employer’s promise still hold, { $minutes } of working time a week?
button-promise-holds = Still holds
button-promise-withdrawn = No longer
button-promise-later = I’ll ask
promise-holds = Noted: the promise still holds. I’ll ask again in half a year.
promise-withdrawn =
    Noted: the promise no longer holds. Of that the trainers only see a figure, from five tandems on. Your hours go on.

    This sheet may help when you talk about it. Once there is a new promise, tap below who gave it.
promise-given = Noted: the promise holds. I’ll ask again in half a year.
promise-later = Good. Tap here as soon as you know.

## After the course

button-hours-end = End the hours
button-hours-end-really = Yes, end them
button-hours-keep = No, keep them
button-hours-resume = Take them up again
hours-end-ask = Would you like to end your tandem’s hours? It holds for both of you: from tomorrow there is no target and I no longer ask. Your entries stay, and you can take the hours up again at any time.
hours-ended = The hours have ended. Today still counts.
hours-ended-by = { $name } has ended your tandem’s hours. You can take them up again in /hours.
hours-kept = Good. The hours go on.
hours-over = Your tandem’s hours have ended.
hours-resumed = The hours go on again.
hours-resumed-by = { $name } has taken your tandem’s hours up again.

## History

button-history = History
changes =
    {""}*Your latest corrections*
    { $lines }
change-changed = { $was } → { $is } ({ $made })
change-removed = { $was } removed ({ $made })
change-late = { $is } logged late ({ $made })
change-none = You have corrected nothing.
