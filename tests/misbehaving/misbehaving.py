"""A script that does what no plugin should, for the tests of the host; its argument says what."""

import json
import os
import sys
import time

DESCRIPTION = {
    "id": "misbehaving.script",
    "summary": "Misbehaves",
    "kind": {"transform": {"touches": []}},
}


def garbage(items):
    return b"Hello, host!\n"


def truncated(items):
    sys.stdout.buffer.write(b'{"transformed":[{"instr')
    sys.stdout.buffer.flush()
    sys.exit(0)


def one_too_few(items):
    return answer(items[1:])


def something_else(items):
    return b'{"scored":[1]}\n'


def invalid_utf8(items):
    return b'{"failed":"\xff\xfe"}\n'


def raises(items):
    raise ValueError("no such word")


def leaves_children(items):
    os.system("sleep 1000 &")
    return answer(items)


def hoards(items):
    bytearray(10 << 30)


def sleeps(items):
    time.sleep(1000)


def behaves(items):
    return answer(items)


def crashes_the_second_time(items):
    calls = crashes_the_second_time.__dict__
    calls["n"] = calls.get("n", 0) + 1
    if calls["n"] == 2:
        os._exit(7)
    return answer(items)


def answer(items):
    results = [{"instruction": item["instruction"]} for item in items]
    return json.dumps({"transformed": results}).encode() + b"\n"


def main(misbehave):
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if "describe" in request:
            response = json.dumps({"described": [DESCRIPTION]}).encode() + b"\n"
        else:
            response = misbehave(request["transform"]["items"])
        sys.stdout.buffer.write(response)
        sys.stdout.buffer.flush()


main(globals()[sys.argv[1]])
