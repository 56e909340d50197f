# The overview in the browser, for trainers.

dashboard-link =
    Here is your dashboard:
    { $link }
dashboard-link-once = The link works for 15 minutes and only once. Please don’t pass it on: it logs in whoever opens it.
dashboard-no-address = This installation has no public address. You can read the report here in the chat; whoever runs Tandem can send it to you as a file.
button-dashboard = Dashboard in the browser

board-title = Dashboard for trainers
board-knock = The button logs you in on this browser. The link works only once.
board-enter = Log in
board-over = This link no longer works. Write /dashboard in the chat to get a new one.
board-outside = You are not logged in. Write /dashboard in the chat to get a link.
board-nothing = There is no such page.
board-leave = Log out
board-languages = Language
board-skip = Skip to content
board-rounds = Your rounds
board-no-rounds = You have no round yet. Create one here.
board-readiness = Who is ready?
board-ready = { $ready } of { $all } tandems have everything in place; { $places } places.
board-what = What
board-figure = Figure
board-download = As a file
board-as-table = As a table
