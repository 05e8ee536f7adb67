// Row by row: RMS norm, cross-entropy, rows of the embedding.

/// r = 1 / √(mean(x²) + ε), y = w ⊙ x·r; x and y [rows, width], inverse [rows], weight [width]. One block a row.
extern "C" __global__ void rms_norm(float *y, float *inverse, const float *x, const float *weight, u32 width,
                                    float epsilon) {
    x += (u64)blockIdx.x * width;
    y += (u64)blockIdx.x * width;
    float squares = 0.0f;
    for (u32 column = threadIdx.x; column < width; column += THREADS) squares += x[column] * x[column];
    float r = 1.0f / sqrtf(block_sum(squares) / width + epsilon);
    for (u32 column = threadIdx.x; column < width; column += THREADS) y[column] = weight[column] * (x[column] * r);
    if (threadIdx.x == 0) inverse[blockIdx.x] = r;
}

/// y = w ⊙ x·r with inverse roots r [rows] that are known already. One block a row.
extern "C" __global__ void rms_norm_apply(float *y, const float *x, const float *inverse, const float *weight, u32 width) {
    x += (u64)blockIdx.x * width;
    y += (u64)blockIdx.x * width;
    float r = inverse[blockIdx.x];
    for (u32 column = threadIdx.x; column < width; column += THREADS) y[column] = weight[column] * (x[column] * r);
}

/// dx = residual + (w ⊙ dy)·r − x·r³·mean(w ⊙ dy ⊙ x); all [rows, width]. One block a row.
extern "C" __global__ void rms_norm_slopes(float *dx, const float *dy, const float *residual, const float *x,
                                           const float *inverse, const float *weight, u32 width) {
    u64 row = (u64)blockIdx.x * width;
    float product = 0.0f;
    for (u32 column = threadIdx.x; column < width; column += THREADS)
        product += weight[column] * dy[row + column] * x[row + column];
    float r = inverse[blockIdx.x];
    float factor = r * r * r * (block_sum(product) / width);
    for (u32 column = threadIdx.x; column < width; column += THREADS) {
        u64 i = row + column;
        dx[i] = (residual ? residual[i] : 0.0f) + weight[column] * dy[i] * r - x[i] * factor;
    }
}

/// partial [pieces, width]: Σ dy ⊙ x·r over each piece of so many rows. One block a piece and THREADS columns.
extern "C" __global__ void rms_norm_weight_slopes(float *partial, const float *dy, const float *x, const float *inverse,
                                                  u32 rows, u32 width, u32 piece_rows) {
    u32 tiles = (width + THREADS - 1) / THREADS;
    u32 piece = blockIdx.x / tiles, column = blockIdx.x % tiles * THREADS + threadIdx.x;
    if (column >= width) return;
    u32 first = piece * piece_rows;
    float sum = 0.0f;
    for (u32 row = first; row < rows && row < first + piece_rows; row++) {
        u64 i = (u64)row * width + column;
        sum += dy[i] * (x[i] * inverse[row]);
    }
    partial[(u64)piece * width + column] = sum;
}

/// total [width] += Σ over rows of partial [rows, width], in their order. One thread a column.
extern "C" __global__ void add_column_sums(float *total, const float *partial, u32 rows, u32 width) {
    u64 column = thread();
    if (column >= width) return;
    float sum = 0.0f;
    for (u32 row = 0; row < rows; row++) sum += partial[(u64)row * width + column];
    total[column] += sum;
}

/// Loss of each target under softmax(logits), (1 − ε)·nll + ε·(mean over the vocabulary of −log p); with is_learnt, the
/// gradient of the sum times scale takes the logits' place. logits [rows, vocabulary]; losses, targets [rows]. One block
/// a row.
extern "C" __global__ void cross_entropy(float *logits, float *losses, const u32 *targets, u32 vocabulary, float smoothing,
                                         float scale, u32 is_learnt) {
    logits += (u64)blockIdx.x * vocabulary;
    u32 target = targets[blockIdx.x];
    float wanted = logits[target], sum = 0.0f, largest = -INFINITE, powers = 0.0f;
    for (u32 i = threadIdx.x; i < vocabulary; i += THREADS) {
        largest = fmaxf(largest, logits[i]);
        sum += logits[i];
    }
    largest = block_max(largest);
    float mean = block_sum(sum) / vocabulary;
    for (u32 i = threadIdx.x; i < vocabulary; i += THREADS) powers += expf(logits[i] - largest);
    powers = block_sum(powers);
    float log_sum = logf(powers) + largest;
    if (threadIdx.x == 0)
        losses[blockIdx.x] = (1.0f - smoothing) * (log_sum - wanted) + smoothing * (log_sum - mean);
    if (!is_learnt) return;
    for (u32 i = threadIdx.x; i < vocabulary; i += THREADS) {
        float slope = expf(logits[i] - largest) * (scale / powers) - scale * smoothing / vocabulary;
        logits[i] = i == target ? slope - scale * (1.0f - smoothing) : slope;
    }
}

/// table[id] += Σ dy over the places of that token, in their order; places of token b are those from starts[b] to
/// starts[b + 1]. table [vocabulary, width], dy [tokens, width]. One block a different token.
extern "C" __global__ void embedding_slopes(float *table, const float *dy, const u32 *ids, const u32 *starts,
                                            const u32 *places, u32 width) {
    table += (u64)ids[blockIdx.x] * width;
    for (u32 column = threadIdx.x; column < width; column += THREADS) {
        float sum = 0.0f;
        for (u32 at = starts[blockIdx.x]; at < starts[blockIdx.x + 1]; at++) sum += dy[(u64)places[at] * width + column];
        table[column] += sum;
    }
}
