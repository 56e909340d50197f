# Being away and standing in. Nobody is ever asked for a reason.

## Being away

away-ask = When will you be away? Tap or write, for example “3–7 Aug” or “tomorrow”. I don’t need a reason.
away-noted = ✓ Noted: you’re away { span-when }.
away-cancelled = ✓ Removed: your absence { span-when }.
away-known = I already have those days.
away-until = Longer than one day? Then write the first and the last day, for example “3–7 August”.
away-whole-days = I note half days as whole ones.
away-back = ✓ Good to have you back! From today on you are no longer marked as away.
away-unclear = I can’t find any days in that. Write, for example, “3–7 Aug”, “tomorrow” or “next week”.
away-backwards = It ends before it begins. Start with the first day, for example “3–7 Aug”.
away-too-long = I can’t note more than a year in one go. Is the year right?
away-long-past = That’s too long ago to change anything. Is the year right?
away-too-far = That’s more than a year ahead. Is the year right?

button-today = Today
button-tomorrow = Tomorrow
button-this-week = This week
button-next-week = Next week
button-cancel = Not away after all
button-back-again = I am back
button-cancel-absence = { $span ->
    [one] Remove: { $from }
   *[many] Remove: from { $from }
}

## What becomes of the cover

cover-asked = I’ll ask { $name } to stand in and pass the answer on to you.
cover-asked-partly = I’ll ask { $name } to stand in. On some of the days you’re both away; there’s a separate message about those.
cover-both-away = { $name } is away on those days too. A separate message says what you can do.
cover-nobody = Your tandem has no second person at the moment. A separate message says what you can do.
cover-none-needed = No cover is needed for that.

## Asking the other person

cover-question = { $name } is away { span-when }. Can you stand in?
cover-question-again = Still waiting for an answer: { $name } is away { span-when }. Can you stand in?
button-cover-yes = Yes, I’ll stand in
button-cover-no = I can’t
button-cover-after-all = I can after all
button-cover-withdraw = I can’t after all
cover-thanks = ✓ Thank you! You’re standing in { span-when }.
cover-checklist-comes = The hand-over checklist comes on { $day }.
cover-declined = Noted: you can’t stand in { span-when }. I’ll pass that on.
cover-away-yourself = You are away yourself on these days.
cover-called-off = You no longer need to stand in for { $name } { span-when }.
cover-shortened = { $name } is back earlier. You stand in: { span-days }
cover-released = { $name } is back. Thank you for standing in!

## Answers to whoever is away

cover-taken = ✓ *{ $name }* will stand in for you { span-when }.
cover-asked-again = I’m asking again for cover { span-when }.
cover-left-open = ✓ All right. Cover { span-when } stays open on purpose.
gap-declined = { $name } can’t stand in for you { span-when }. Shall I ask again, or do you leave it open on purpose?
gap-unanswered = { $name } hasn’t answered, so nobody stands in for you { span-when }. Shall I ask again, or do you leave it open on purpose?
gap-both-away = { span-days }: you and { $name } are both away. Can you find someone in-house, or do you leave it open on purpose?
gap-nobody = { span-days }: nobody stands in for you. Can you find someone in-house, or do you leave it open on purpose?
button-ask-again = Ask again
button-leave-open = Leave it open

## The list under /cover

cover-title = *Cover*
cover-nothing = Nothing coming up.
cover-line-asked = { span-days }: asked, no answer yet
cover-line-mine = { span-days }: you’re standing in
cover-line-taken = { span-days }: you’re covered
cover-line-left-open = { span-days }: open on purpose
cover-line-open = { span-days }: still open

## The hand-over

handover-title = *Hand-over:* { $name } is away { span-when }.
handover-hint = Tap whatever is settled.
handover-complete = ✓ All settled. Good luck!
handover-accounts = Logins work
handover-threads = Open threads known
handover-drafts = Drafts and dates at hand
handover-approvals = Approvals clear
handover-contacts = Urgent contacts known
