/* The binary interface of Placebo's plugins, made from plugin-api/src/abi.rs.
 *
 * A library exports one symbol, a static `const PlaceboEntry PLACEBO_PLUGIN`. */

#ifndef PLACEBO_PLUGIN_H
#define PLACEBO_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define PLACEBO_ABI_VERSION 1

/* Bytes that belong to the library that returned them. */
typedef struct {
    uint8_t *data;
    size_t length;
} PlaceboBytes;

/* What a library exports. */
typedef struct {
    /* `ABI_VERSION` of the crate that the library was built with. First for ever, so that it can be read whatever
       follows it. */
    uint32_t abi_version;
    /* Answers the request in `length` bytes at `data`, which stay the caller's and are only read during the call. */
    PlaceboBytes (*call)(const uint8_t *data, size_t length);
    /* Takes back what `call` returned, once. */
    void (*free)(PlaceboBytes bytes);
} PlaceboEntry;

#ifdef __cplusplus
extern "C" {
#endif
extern const PlaceboEntry PLACEBO_PLUGIN;
#ifdef __cplusplus
}
#endif

#endif
