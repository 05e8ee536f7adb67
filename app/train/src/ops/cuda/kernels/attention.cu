// Attention between its two batched products: rows to rectangles and back, softmax and its slopes, the bias's gradient.
//
// A rectangle holds [sequences, heads, longest, width] numbers, in f32 or, for tensor cores, in bf16; scores are
// [sequences, heads, queries, keys] of the longest sequences. spans [sequences, 4] holds each sequence's first query row,
// its queries, its first key row and its keys.

/// The row of scores that a block works on.
struct Row {
    u32 query, head;
    /// Row of the batch, keys that the query sees (0 for rows of padding), and its place behind the first key.
    u32 batch_row, seen, position;

    __device__ Row(const u32 *spans, u32 heads, u32 queries, u32 is_causal) {
        query = blockIdx.x % queries;
        head = blockIdx.x / queries % heads;
        const u32 *span = spans + 4 * (blockIdx.x / queries / heads);
        batch_row = span[0] + query;
        position = query + (span[3] > span[1] ? span[3] - span[1] : 0);
        seen = is_causal && position + 1 < span[3] ? position + 1 : span[3];
        if (query >= span[1]) seen = 0;
    }
};

/// What is added to a row's scores, by distance; 0 without a table. table [buckets, heads], bucket_of [2·keys − 1].
struct Bias {
    const float *table;
    const u32 *bucket_of;
    u32 heads, head;

    __device__ Bias(const float *table, const u32 *bucket_of, u32 heads, u32 keys, Row row)
        : table(table), bucket_of(bucket_of + (keys - 1) - row.position), heads(heads), head(row.head) {}

    __device__ float of(u32 key) const {
        return table ? table[bucket_of[key] * heads + head] : 0.0f;
    }
};

/// Scores to dropped probabilities, in place; log_sums [queries of the batch, heads]. One block a row of scores.
template <typename Number>
__device__ inline void softmax(Number *scores, float *log_sums, Row row, Bias bias, Mask mask, u32 heads, u32 keys) {
    scores += (u64)blockIdx.x * keys;
    float largest = -INFINITE, sum = 0.0f;
    for (u32 key = threadIdx.x; key < row.seen; key += THREADS) largest = fmaxf(largest, load(scores[key]) + bias.of(key));
    largest = block_max(largest);
    for (u32 key = threadIdx.x; key < row.seen; key += THREADS) sum += expf(load(scores[key]) + bias.of(key) - largest);
    sum = block_sum(sum);
    for (u32 key = threadIdx.x; key < keys; key += THREADS) {
        float p = key < row.seen ? expf(load(scores[key]) + bias.of(key) - largest) / sum : 0.0f;
        store(&scores[key], p * mask.factor(key));
    }
    if (threadIdx.x == 0 && row.seen > 0) log_sums[(u64)row.batch_row * heads + row.head] = logf(sum) + largest;
}

/// With p = e^(score + bias − log sum) and m the mask: slopes dp becomes p ⊙ (dp ⊙ m − Σ p ⊙ m ⊙ dp), and scores become
/// p ⊙ m. One block a row of scores.
template <typename Number>
__device__ inline void softmax_slopes(Number *scores, Number *slopes, const float *log_sums, Row row, Bias bias, Mask mask,
                                      u32 heads, u32 keys) {
    scores += (u64)blockIdx.x * keys;
    slopes += (u64)blockIdx.x * keys;
    float log_sum = row.seen > 0 ? log_sums[(u64)row.batch_row * heads + row.head] : 0.0f, mean = 0.0f;
    for (u32 key = threadIdx.x; key < row.seen; key += THREADS)
        mean += expf(load(scores[key]) + bias.of(key) - log_sum) * mask.factor(key) * load(slopes[key]);
    mean = block_sum(mean);
    for (u32 key = threadIdx.x; key < keys; key += THREADS) {
        float p = key < row.seen ? expf(load(scores[key]) + bias.of(key) - log_sum) : 0.0f;
        float d = key < row.seen ? p * (load(slopes[key]) * mask.factor(key) - mean) : 0.0f;
        store(&scores[key], p * mask.factor(key));
        store(&slopes[key], d);
    }
}

/// Rows [rows, heads·width] to a rectangle; empty places become 0. from: 0 for queries, 2 for keys. One block a place.
template <typename Number>
__device__ inline void pad(Number *rectangle, const float *rows, const u32 *spans, u32 from, u32 heads, u32 longest,
                           u32 width) {
    u32 sequence = blockIdx.x / longest, place = blockIdx.x % longest, inner = heads * width;
    const u32 *span = spans + 4 * sequence + from;
    for (u32 column = threadIdx.x; column < inner; column += THREADS) {
        u64 to = ((u64)(sequence * heads + column / width) * longest + place) * width + column % width;
        store(&rectangle[to], place < span[1] ? rows[(u64)(span[0] + place) * inner + column] : 0.0f);
    }
}

/// A rectangle back to rows; rows of no span stay as they are. One block a place.
extern "C" __global__ void unpad(float *rows, const float *rectangle, const u32 *spans, u32 from, u32 heads, u32 longest,
                                 u32 width) {
    u32 sequence = blockIdx.x / longest, place = blockIdx.x % longest, inner = heads * width;
    const u32 *span = spans + 4 * sequence + from;
    if (place >= span[1]) return;
    for (u32 column = threadIdx.x; column < inner; column += THREADS) {
        u64 at = ((u64)(sequence * heads + column / width) * longest + place) * width + column % width;
        rows[(u64)(span[0] + place) * inner + column] = rectangle[at];
    }
}

/// partial [sequences·heads, 2·keys − 1]: Σ slopes of each distance. One thread a distance.
template <typename Number>
__device__ inline void by_distance(float *partial, const Number *slopes, const u32 *spans, u32 heads, u32 queries, u32 keys) {
    u32 distances = 2 * keys - 1, tiles = (distances + THREADS - 1) / THREADS;
    u32 unit = blockIdx.x / tiles, distance = blockIdx.x % tiles * THREADS + threadIdx.x;
    if (distance >= distances) return;
    const u32 *span = spans + 4 * (unit / heads);
    u32 behind = span[3] > span[1] ? span[3] - span[1] : 0;
    slopes += (u64)unit * queries * keys;
    float sum = 0.0f;
    for (u32 query = 0; query < span[1]; query++) {
        // Below 0 wraps around, and so fails the comparison.
        u32 key = distance + query + behind - (keys - 1);
        if (key < keys) sum += load(slopes[(u64)query * keys + key]);
    }
    partial[(u64)unit * distances + distance] = sum;
}

/// table [buckets, heads] += the partial sums of each bucket's distances, in their order. One block a number.
extern "C" __global__ void add_bias_slopes(float *table, const float *partial, const u32 *bucket_of, u32 sequences, u32 heads,
                                           u32 distances) {
    u32 bucket = blockIdx.x / heads, head = blockIdx.x % heads;
    float sum = 0.0f;
    for (u32 i = threadIdx.x; i < sequences * distances; i += THREADS) {
        u32 sequence = i / distances, distance = i % distances;
        if (bucket_of[distance] == bucket) sum += partial[(u64)(sequence * heads + head) * distances + distance];
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) table[blockIdx.x] += sum;
}

// Each of them for rectangles in f32 and in bf16.

#define OF_BOTH(NUMBER, SUFFIX)                                                                                          \
    extern "C" __global__ void attention_softmax_##SUFFIX(                                                               \
        NUMBER *scores, float *log_sums, const u32 *spans, const float *table, const u32 *bucket_of, u32 heads,          \
        u32 queries, u32 keys, u32 is_causal, const u64 *drop_keys, u64 site, u32 threshold, float scale) {              \
        Row row(spans, heads, queries, is_causal);                                                                       \
        Mask mask(drop_keys, row.batch_row * (u64)(row.seen > 0), site + row.head, threshold, scale);                    \
        softmax(scores, log_sums, row, Bias(table, bucket_of, heads, keys, row), mask, heads, keys);                     \
    }                                                                                                                    \
    extern "C" __global__ void attention_slopes_##SUFFIX(                                                                \
        NUMBER *scores, NUMBER *slopes, const float *log_sums, const u32 *spans, const float *table,                     \
        const u32 *bucket_of, u32 heads, u32 queries, u32 keys, u32 is_causal, const u64 *drop_keys, u64 site,           \
        u32 threshold, float scale) {                                                                                    \
        Row row(spans, heads, queries, is_causal);                                                                       \
        Mask mask(drop_keys, row.batch_row * (u64)(row.seen > 0), site + row.head, threshold, scale);                    \
        softmax_slopes(scores, slopes, log_sums, row, Bias(table, bucket_of, heads, keys, row), mask, heads, keys);      \
    }                                                                                                                    \
    extern "C" __global__ void pad_##SUFFIX(NUMBER *rectangle, const float *rows, const u32 *spans, u32 from, u32 heads, \
                                            u32 longest, u32 width) {                                                    \
        pad(rectangle, rows, spans, from, heads, longest, width);                                                        \
    }                                                                                                                    \
    extern "C" __global__ void bias_slopes_##SUFFIX(float *partial, const NUMBER *slopes, const u32 *spans, u32 heads,   \
                                                    u32 queries, u32 keys) {                                             \
        by_distance(partial, slopes, spans, heads, queries, keys);                                                       \
    }

OF_BOTH(float, f32)
OF_BOTH(bf16, bf16)
