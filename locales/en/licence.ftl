# The licence: having it made out, checked, renewed; and what trainers are asked about it.

## Making it out

licence-complete = Everything is there. You can have your licence made out now.
licence-ready = Everything is there for your licence. You can have it made out.
button-licence-ready = To my licence
button-licence-begin = Make out my licence
licence-name-ask = Which name should stand on the licence? Tap, or write it the way it should stand there.
button-licence-name = { $name }
licence-draft =
    This is what the licence will say.

    Name: *{ $name }*
licence-draft-organisation = Organisation: { $organisation }
licence-draft-no-organisation = Without an organisation.
licence-draft-round = Round: { $round }
button-licence-issue = Make it out
button-licence-other = Another name
button-licence-leave-out = Without organisation
button-licence-put-in = With organisation
licence-caption = Licence for { $name }. Valid until { $until }

## What can be done with it

licence-yours = *Your licence* is made out to { $name }.
licence-holds = It is valid until { $day }.
licence-over = It was valid until { $day } and can be renewed.
licence-check-none = It cannot be checked: the page for that is switched off.
licence-check-plain = Whoever opens the address on the licence reads only whether it is valid and until when. Your name is not there.
licence-check-name = Whoever opens the address on the licence reads whether and until when it is valid, and your name.
licence-check-organisation = Whoever opens the address on the licence reads whether and until when it is valid, and your organisation.
licence-check-both = Whoever opens the address on the licence reads whether and until when it is valid, your name and your organisation.
button-my-licence = My licence
button-licence-picture = As a picture
button-check-name = Show my name there
button-check-no-name = Leave my name out there
button-check-organisation = Show organisation there
button-check-no-organisation = Leave organisation out there
button-check-withdraw = Switch the page off
button-check-allow = Switch the page on

## Renewing

renew-offer = Your licence is valid until { $day }. { $count } questions about law make it valid for two more years.
renew-open = Renewal: begun, question { $nth } of { $of }
renewed = ✓ *Renewed: { $right } of { $of } right.* Your licence is now valid until { $day }.
renew-failed = *{ $right } of { $of } right.* A renewal takes { $needed }. There are new questions from *{ $day }* on.
button-renew = Renew my licence
button-renew-continue = Go on with the renewal

## Trainers confirm the hand-over

vouch-offer = Without a second person, the trainers can confirm that the hand-over has been practised. If you ask, they read your name and your organisation.
button-ask-trainers = Ask the trainers
vouch-asked = ✓ Your request reaches the trainers on the next working day. You will hear from me.
vouch-waiting = The trainers have been asked and have not answered yet.
vouch-yes = The trainers have confirmed that the hand-over has been practised.
vouch-no = The trainers cannot confirm the hand-over yet. Talk to them about what is missing. After that you can ask again.
vouch-notice = In the round *{ $round }* somebody asks for your confirmation for the licence.
button-vouches = Have a look
vouch-ask =
    { $name } asks for a confirmation. Organisation: { $organisation }

    The tandem lacks its second person at present. Has the hand-over been practised, that is: are access, tasks and contacts in such order that somebody could step in?
vouch-more = { $count ->
    [one] One more request waits after this.
   *[other] { $count } more requests wait after this.
}
vouch-none = Nobody waits for a confirmation.
button-vouch-yes = Yes, it has
button-vouch-no = Not yet

## On the licence

sheet-kind = Licence
sheet-has = has completed the course and passed the closing test.
sheet-days = Made out on { $issued } · valid until { $until }
sheet-check = Whether this licence is valid is said here:

## The page for checks

check-valid-title = Valid
check-valid = This licence is valid until { $day }.
check-over-title = Expired
check-over = This licence was valid until { $day }.
check-programme = Course: { $programme }
check-name = Made out to: { $name }
check-organisation = Organisation: { $organisation }
check-why = What stands here was released by the person to whom the licence belongs. This page says no more.
check-none-title = No such code
check-none = There is no licence with this code, or it cannot be checked. Compare the address with the one on the licence.
