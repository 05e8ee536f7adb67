/* A library in C that does what no safe code can, for the tests of the host. */

#include <string.h>

#include "placebo_plugin.h"

static const char DESCRIPTION[] =
    "{\"described\":["
    "{\"id\":\"native.null\",\"summary\":\"Reads what is nowhere\",\"kind\":{\"transform\":{\"touches\":[]}}},"
    "{\"id\":\"native.nan\",\"summary\":\"Not a number\",\"kind\":{\"metric\":{\"scale\":"
    "{\"unit\":\"%\",\"direction\":\"neutral\",\"minimum\":0},\"kinds\":[\"generation\"]}}},"
    "{\"id\":\"native.infinite\",\"summary\":\"Too much\",\"kind\":{\"metric\":{\"scale\":"
    "{\"unit\":\"%\",\"direction\":\"neutral\",\"minimum\":0},\"kinds\":[\"generation\"]}}}]}";

static int holds(const uint8_t *data, size_t length, const char *word) {
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= length; at++)
        if (memcmp(data + at, word, size) == 0) return 1;
    return 0;
}

static PlaceboBytes said(const char *text) {
    PlaceboBytes bytes = {(uint8_t *)text, strlen(text)};
    return bytes;
}

static PlaceboBytes call(const uint8_t *data, size_t length) {
    if (holds(data, length, "\"describe\"")) return said(DESCRIPTION);
    if (holds(data, length, "native.nan")) return said("{\"scored\":[NaN]}");
    if (holds(data, length, "native.infinite")) return said("{\"scored\":[1e999]}");
    const char *volatile nowhere = NULL;
    return said(nowhere + *nowhere);
}

static void release(PlaceboBytes bytes) { (void)bytes; }

const PlaceboEntry PLACEBO_PLUGIN = {PLACEBO_ABI_VERSION, call, release};
