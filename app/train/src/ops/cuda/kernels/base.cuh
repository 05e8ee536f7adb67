// What all kernels stand on: types, bfloat16, the hash behind dropout, sums over a block.
//
// Every block has THREADS threads, a power of two that the compiler is told, and every grid one dimension. Reductions go through shared memory in a fixed order, so
// that a result never depends on which thread was first. Nothing is included: NVRTC needs no CUDA headers.

typedef unsigned int u32;
typedef unsigned long long u64;

#define INFINITE __uint_as_float(0x7F800000u)

/// The upper half of an f32.
struct bf16 {
    unsigned short bits;
};

__device__ inline float load(float x) {
    return x;
}

__device__ inline float load(bf16 x) {
    return __uint_as_float((u32)x.bits << 16);
}

__device__ inline void store(float *to, float x) {
    *to = x;
}

/// Rounds to nearest, ties to even; what is no number stays none.
__device__ inline void store(bf16 *to, float x) {
    u32 bits = __float_as_uint(x);
    u32 rounded = (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
    to->bits = x == x ? rounded : 0x7FC0u;
}

/// Index of this thread among all.
__device__ inline u64 thread() {
    return (u64)blockIdx.x * THREADS + threadIdx.x;
}

/// Sum of every thread's x, known to all of them.
template <typename Number> __device__ inline Number block_sum(Number x) {
    __shared__ Number sums[THREADS];
    sums[threadIdx.x] = x;
    __syncthreads();
    for (u32 half = THREADS / 2; half > 0; half /= 2) {
        if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
        __syncthreads();
    }
    Number total = sums[0];
    __syncthreads();
    return total;
}

/// Largest of every thread's x, known to all of them.
__device__ inline float block_max(float x) {
    __shared__ float largest[THREADS];
    largest[threadIdx.x] = x;
    __syncthreads();
    for (u32 half = THREADS / 2; half > 0; half /= 2) {
        if (threadIdx.x < half) largest[threadIdx.x] = fmaxf(largest[threadIdx.x], largest[threadIdx.x + half]);
        __syncthreads();
    }
    float result = largest[0];
    __syncthreads();
    return result;
}

/// SplitMix64's finaliser, as ops/dropout.rs has it.
__device__ inline u64 mix(u64 key) {
    u64 z = key + 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

/// Which values of a row dropout keeps: the same hash as on the CPU, so that both draw the same masks.
struct Mask {
    u32 first, second, threshold;
    float scale;

    /// Without keys nothing is dropped.
    __device__ Mask(const u64 *keys, u64 row, u64 site, u32 threshold, float scale) : threshold(threshold), scale(scale) {
        u64 key = keys ? mix(keys[row] ^ mix(site)) : 0;
        first = (u32)(key >> 32);
        second = (u32)key;
        if (!keys) this->scale = 1.0f;
    }

    /// What a value is multiplied by: 0 or the scale.
    __device__ float factor(u32 column) const {
        u32 h = (column * 0x9E3779B1u) ^ first;
        h = ((h ^ (h >> 16)) * 0x85EBCA6Bu) ^ second;
        h = (h ^ (h >> 13)) * 0xC2B2AE35u;
        return (h ^ (h >> 16)) >= threshold ? scale : 0.0f;
    }
};
