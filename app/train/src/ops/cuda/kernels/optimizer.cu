// The gradients' norm and AdamW's update, without the host in between.

/// partial [blocks]: Σ x² of each block's piece of numbers. One block a piece.
extern "C" __global__ void squares(float *partial, const float *x, u64 count, u32 piece) {
    u64 first = (u64)blockIdx.x * piece;
    double sum = 0.0;
    for (u64 i = first + threadIdx.x; i < count && i < first + piece; i += THREADS) sum += (double)x[i] * x[i];
    sum = block_sum(sum);
    if (threadIdx.x == 0) partial[blockIdx.x] = (float)sum;
}

/// norm [1] = √Σ partial, count numbers. One block.
extern "C" __global__ void root_of_sum(float *norm, const float *partial, u64 count) {
    double sum = 0.0;
    for (u64 i = threadIdx.x; i < count; i += THREADS) sum += partial[i];
    sum = block_sum(sum);
    if (threadIdx.x == 0) norm[0] = (float)sqrt(sum);
}

/// One step of torch's AdamW over count numbers; factor [1] multiplies the gradient. One thread a number.
///
/// m = β₁·m + (1 − β₁)·g, v = β₂·v + (1 − β₂)·g², w = keep·w − step·m / (√v / root + ε)
extern "C" __global__ void adamw(float *weight, float *first, float *second, const float *gradient, const float *factor,
                                 float keep, float beta1, float beta2, float part1, float part2, float step, float root,
                                 float epsilon, u32 is_rounded, u64 count) {
    u64 i = thread();
    if (i >= count) return;
    float g = gradient[i] * factor[0];
    float m = first[i] * beta1 + g * part1;
    float v = second[i] * beta2 + g * g * part2;
    float w = weight[i] * keep - step * (m / (sqrtf(v) / root + epsilon));
    if (is_rounded) {
        bf16 rounded;
        store(&rounded, w);
        w = load(rounded);
    }
    first[i] = m;
    second[i] = v;
    weight[i] = w;
}
