// CUDA's words on a processor: the threads of a block are contexts that take turns between two barriers.
//
// The order of their turns can be reversed, so that a result which depends on it shows; a barrier that only some threads
// reach is an error, and so are arguments that are not of the types that a kernel declares.

#include <cmath>
#include <csetjmp>
#include <cstring>
#include <string>
#include <ucontext.h>
#include <utility>

#define __global__
#define __device__
#define __shared__ static

static struct { unsigned x; } blockIdx, threadIdx;

static float __uint_as_float(unsigned bits) {
    float x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

static unsigned __float_as_uint(float x) {
    unsigned bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}

struct Thread {
    ucontext_t beginning;
    jmp_buf barrier;
    bool is_begun, is_finished;
    char stack[1 << 16];
};

static Thread threads[THREADS];
static jmp_buf scheduler;
static void (*body)(void **);
static void **body_arguments;

static void __syncthreads() {
    if (_setjmp(threads[threadIdx.x].barrier) == 0) _longjmp(scheduler, 1);
}

/// A thread goes on from one block to the next: beginning one takes longer than switching.
static void run_thread() {
    for (;;) {
        body(body_arguments);
        threads[threadIdx.x].is_finished = true;
        __syncthreads();
    }
}

static void begin(Thread &thread) {
    thread.is_begun = true;
    getcontext(&thread.beginning);
    thread.beginning.uc_stack.ss_sp = thread.stack;
    thread.beginning.uc_stack.ss_size = sizeof thread.stack;
    makecontext(&thread.beginning, run_thread, 0);
    setcontext(&thread.beginning);
}

/// Runs this thread up to its next barrier.
static void take_turn(Thread &thread) {
    if (_setjmp(scheduler) != 0) return;
    if (thread.is_begun) _longjmp(thread.barrier, 1);
    begin(thread);
}

/// Runs a block from barrier to barrier; gives whether all its threads met at each.
static bool run_block(unsigned block, bool is_reversed) {
    blockIdx.x = block;
    for (Thread &thread : threads) thread.is_finished = false;
    for (;;) {
        unsigned finished = 0;
        for (unsigned turn = 0; turn < THREADS; turn++) {
            threadIdx.x = is_reversed ? THREADS - 1 - turn : turn;
            take_turn(threads[threadIdx.x]);
            finished += threads[threadIdx.x].is_finished;
        }
        if (finished > 0) return finished == THREADS;
    }
}

static char kind(float) { return 'f'; }
static char kind(unsigned) { return 'u'; }
static char kind(unsigned long long) { return 'U'; }
template <typename T> static char kind(T *) { return 'p'; }

template <typename... Arguments> static std::string kinds(void (*)(Arguments...)) {
    return {kind(Arguments())...};
}

template <typename... Arguments, std::size_t... At>
static void call(void (*kernel)(Arguments...), void **arguments, std::index_sequence<At...>) {
    kernel(*(Arguments *)arguments[At]...);
}

template <typename... Arguments> static void call(void (*kernel)(Arguments...), void **arguments) {
    call(kernel, arguments, std::index_sequence_for<Arguments...>());
}

struct Kernel {
    const char *name;
    std::string kinds;
    void (*body)(void **);
};

// An entry of the table of all kernels.
#define KERNEL(NAME) {#NAME, kinds(NAME), [](void **arguments) { call(NAME, arguments); }}
