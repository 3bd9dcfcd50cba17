"""What CPython itself complains of while a program runs: asyncio's log and the interpreter's warnings, by rule names."""

import logging
import re
import sys
import warnings

from recorder import FUTURE_CALLBACK_FAILED

LOGGED = {
    "slow_callback": re.compile(r"Executing .* took \d+\.\d+ seconds"),
    "destroyed_pending": re.compile(r"Task was destroyed but it is pending!"),
    "never_retrieved": re.compile(r"\S+ exception was never retrieved"),
}
NEVER_AWAITED = re.compile(r"coroutine '.*' was never awaited")


def rule_of_log(message):
    return next((rule for rule, pattern in LOGGED.items() if pattern.match(message)), None)


class RuleHandler(logging.Handler):
    """Stands where logging's last resort stands: what it is told goes to standard error, too."""

    def __init__(self, tell, report):
        super().__init__(logging.WARNING)
        self._tell = tell
        self._report = report

    def emit(self, record):
        message = record.getMessage()
        if (rule := rule_of_log(message)) == "slow_callback":  # the others go through the loop's exception handler
            self._tell(rule, message.partition("\n")[0])
        elif message.startswith(FUTURE_CALLBACK_FAILED):
            self._report(FUTURE_CALLBACK_FAILED, record.exc_info[1])
        sys.stderr.write(self.format(record) + "\n")


def install(tell, report):
    """`tell(rule, text)` hears of each warning that has a rule name, `report(what, error)` of other log lines."""
    logging.getLogger("asyncio").addHandler(RuleHandler(tell, report))
    logging.getLogger("concurrent.futures").addHandler(RuleHandler(tell, report))
    show = warnings.showwarning

    def showwarning(message, category, filename, lineno, file=None, line=None):
        if category is RuntimeWarning and NEVER_AWAITED.match(str(message)):
            tell("never_awaited", str(message))
        show(message, category, filename, lineno, file, line)

    warnings.showwarning = showwarning
