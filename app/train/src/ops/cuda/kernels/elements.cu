// Number by number: sums, rounding, dropout, activations.

/// total += addition, count numbers. One thread a number.
extern "C" __global__ void add(float *total, const float *addition, u64 count) {
    u64 i = thread();
    if (i < count) total[i] += addition[i];
}

/// rounded = bf16(x), count numbers. One thread a number.
extern "C" __global__ void round_to_bf16(bf16 *rounded, const float *x, u64 count) {
    u64 i = thread();
    if (i < count) store(&rounded[i], x[i]);
}

/// sum = hidden + dropout(update), or dropout(update) alone; all [rows, width]. One block a row.
extern "C" __global__ void dropout_add(float *sum, const float *hidden, const float *update, u32 width, const u64 *keys,
                                       u64 site, u32 threshold, float scale) {
    Mask mask(keys, blockIdx.x, site, threshold, scale);
    for (u32 column = threadIdx.x; column < width; column += THREADS) {
        u64 i = (u64)blockIdx.x * width + column;
        float kept = update[i] * mask.factor(column);
        sum[i] = hidden ? hidden[i] + kept : kept;
    }
}

/// GELU by tanh ("gelu_new"): x·(1 + t)/2 with t = tanh(√(2/π)·(x + 0.044715·x³)).
struct Gelu {
    float value, slope;

    __device__ explicit Gelu(float x) {
        const float root = 0.7978846f;
        float t = tanhf(root * (x + 0.044715f * x * x * x));
        value = 0.5f * x * (1.0f + t);
        slope = 0.5f * (1.0f + t) + 0.5f * x * (1.0f - t * t) * root * (1.0f + 3.0f * 0.044715f * x * x);
    }
};

/// y = dropout(gelu(active) ⊙ linear), or dropout(relu(active)) without linear; all [rows, width]. One block a row.
extern "C" __global__ void activation(float *y, const float *active, const float *linear, u32 width, const u64 *keys,
                                      u64 site, u32 threshold, float scale) {
    Mask mask(keys, blockIdx.x, site, threshold, scale);
    for (u32 column = threadIdx.x; column < width; column += THREADS) {
        u64 i = (u64)blockIdx.x * width + column;
        float value = linear ? Gelu(active[i]).value * linear[i] : fmaxf(active[i], 0.0f);
        y[i] = value * mask.factor(column);
    }
}

/// Gradients of active and linear from dy, the gradient of y; all [rows, width]. One block a row.
extern "C" __global__ void activation_slopes(float *d_active, float *d_linear, const float *dy, const float *active,
                                             const float *linear, u32 width, const u64 *keys, u64 site, u32 threshold,
                                             float scale) {
    Mask mask(keys, blockIdx.x, site, threshold, scale);
    for (u32 column = threadIdx.x; column < width; column += THREADS) {
        u64 i = (u64)blockIdx.x * width + column;
        float d = dy[i] * mask.factor(column);
        if (linear) {
            Gelu gelu(active[i]);
            d_linear[i] = d * gelu.value;
            d_active[i] = d * linear[i] * gelu.slope;
        } else {
            d_active[i] = active[i] > 0.0f ? d : 0.0f;
        }
    }
}
