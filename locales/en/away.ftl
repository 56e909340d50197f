# Being away and standing in. Nobody is ever asked for a reason.

## Being away

away-ask = When will you be away? Tap or write, for example “3–7 Aug” or “tomorrow”. I don’t need a reason.
away-noted = ✓ Noted: you’re away { span-when }.
away-cancelled = ✓ Removed: your absence { span-when }.
away-known = I already have those days.
away-revision = One of these weeks is closed already. The change still counts in what you see. It no longer changes the figures for the trainers.
away-open = The end is still open. On the next working morning I’ll ask whether you’re back. If you know already, write, for example, “until Friday”.
away-back-ask = Good morning! Are you back today?
away-until-ask = How long will you be away? Write the last day, for example “Friday” or “7 Aug”.
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
button-back-from = Back: from { $from }
button-today-too = Not today either
button-until = Until …
button-cancel-absence = { $span ->
    [morning] Remove: { $from } a.m.
    [afternoon] Remove: { $from } p.m.
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
gap-unreachable = I can’t reach { $name } here any more, so nobody stands in for you { span-when }. Can you find someone in-house, or do you leave it open on purpose?
gap-both-away = { span-days }: you and { $name } are both away. Can you find someone in-house, or do you leave it open on purpose?
gap-nobody = { span-days }: nobody stands in for you. Can you find someone in-house, or do you leave it open on purpose?
gap-round = Nobody in the round has said yes so far, so nobody stands in for you { span-when }.
button-ask-again = Ask again
button-ask-round = Ask in the round
button-leave-open = Leave it open

## The list under /cover

cover-title = *Cover*
cover-nothing = Nothing coming up.
cover-line-asked = { $whose ->
    [mine] { span-days }: asked, no answer yet
   *[other] { span-days }: { $name } asks you, no answer yet
}
cover-line-taken = { $whose ->
    [mine] { span-days }: you’re covered
   *[other] { $helper ->
        [me] { span-days }: you’re standing in for { $name }
       *[other] { span-days }: { $name } is covered
    }
}
cover-line-left-open = { $whose ->
    [mine] { span-days }: open for you on purpose
   *[other] { span-days }: open for { $name } on purpose
}
cover-line-open = { $whose ->
    [mine] { span-days }: still open for you
   *[other] { span-days }: still open for { $name }
}

## Where one word is about two covers

button-on-days = { $span ->
    [morning] { $from } a.m.: { $label }
    [afternoon] { $from } p.m.: { $label }
   *[other] { $from }: { $label }
}

## Help from the round

round-asked = { $count ->
    [one] I’m asking one person of the round to stand in for you { span-when }.
   *[other] I’m asking { $count } people of the round to stand in for you { span-when }. The first yes counts.
}
round-nobody = There’s nobody left in the round whom I could ask.
neighbour-question = { $name } ({ $organisation }) from your round is away { span-when } and needs cover. Can you stand in?
neighbour-settled = The cover for { $name } { span-when } is settled. Thank you for being there!
neighbour-late = This cover has been settled.

## Who may hear of a gap

contact-ask = Who may hear of it when there’s no cover? Write an office, such as the front desk.
contact-noted = ✓ Noted: { $contact }. When there’s no cover, you pass it on with a button. Or I tell them myself, if they agree.
contact-long = That’s too long. At most { $limit } characters, please.
contact-text = I’m away { span-when } and nobody stands in for me yet. Can you help?
button-contact = Name a contact
button-contact-named = Contact: { $contact }
button-no-contact = No contact
button-tell-contact = Pass on to { $contact }
gap-contact-told = { $contact } knows of it, too.
button-contact-invite = Let me tell the contact
contact-invite = Send this link to: { $contact }. Whoever agrees there hears from me when there’s no cover. The link is for one person.
contact-invite-text = { $name } would like to name you as the contact when there’s no cover. Here is what that means:
contact-joined = { $contact } has agreed: when there’s no cover, I’ll say so there myself.
contact-gone = { $contact } gets no more messages about missing cover. Would you like to name another contact?
contact-welcome = Thank you! When nobody stands in within the tandem ({ $organisation }), I’ll tell you here, and what becomes of it. Nothing else comes.
contact-gap = { $name } ({ $organisation }) is away { span-when } and nobody stands in. Can you find somebody in-house?
button-contact-found = Somebody stands in
button-contact-stop = Don’t tell me any more
contact-found = ✓ Thank you! Noted: somebody stands in { span-when }.
contact-found-told = ✓ { $contact } has found somebody to stand in for you { span-when }.
contact-left-open-told = { $contact } leaves your cover { span-when } open on purpose.
contact-settled = The cover for { $name } { span-when } is settled. There’s nothing left for you to do.
contact-anew = I’m asking once more who can stand in for { $name } { span-when }. There’s nothing for you to do just now. If it stays open, I’ll tell you.
contact-stopped = ✓ You’ll get no more messages about missing cover. What was stored about you for that has been erased.
contact-over = You are no longer named as a contact. What was stored about you for that has been erased. Thank you!

## The hand-over

handover-title = *Hand-over:* { $name } is away { span-when }.
handover-hint = Tap whatever is settled.
handover-complete = ✓ All settled. Good luck!
handover-waits = ✓ All ticked. { $name } is still handing over.
handover-given = { $name } has handed over: { $items }
handover-taken = { $name } has taken over: { $items }
handover-link = Link: { $link }
handover-giving-title = *Hand-over* to { $name }: { span-days }
handover-giving-hint = Tap whatever is handed over. You can add one link to your documents.
handover-giving-complete = ✓ All handed over. Thank you!
handover-link-ask = Send the link to your documents. It begins with https:// and is deleted seven days after the cover.
handover-link-bad = I need the link alone: it begins with https:// and has at most 300 characters. No passwords, please.
handover-link-late = It’s too late to leave a link for this cover.
button-handover-link = Add a link
button-handover-relink = Change the link
handover-accounts = Logins work
handover-threads = Open threads known
handover-drafts = Drafts and dates at hand
handover-approvals = Approvals clear
handover-contacts = Urgent contacts known
