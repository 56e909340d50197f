"""A small bot on an unmodified library (python-telegram-bot): a greeting with buttons, an edit on a press, an echo.

Usage: bot.py BOT_API_ADDRESS TOKEN
"""

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Tea", callback_data="tea"), InlineKeyboardButton("Coffee", callback_data="coffee")]]
    )
    name = update.effective_user.mention_html()
    await update.message.reply_html(f"Hello {name}, what do you <b>drink</b>?", reply_markup=keyboard)


async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    await query.answer("Noted")
    await query.edit_message_text(f"You chose *{query.data}*\\.", parse_mode="MarkdownV2")


async def menu(application: Application) -> None:
    await application.bot.set_my_commands([("start", "Begin")])


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(update.message.text[::-1])


async def document(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_document(b"one,two\n", filename="table.csv", caption="Your table")


def main() -> None:
    api, token = sys.argv[1], sys.argv[2]
    builder = Application.builder().token(token)
    builder = builder.base_url(f"{api}/bot").base_file_url(f"{api}/file/bot").post_init(menu)
    application = builder.build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CommandHandler("table", document))
    application.add_handler(CallbackQueryHandler(chosen))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES, timeout=5)


if __name__ == "__main__":
    main()
