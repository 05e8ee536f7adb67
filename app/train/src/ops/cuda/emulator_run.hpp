// The way in from Rust; comes after the table of kernels.

/// Runs a kernel; gives what was wrong, or null.
extern "C" const char *run(const char *name, unsigned blocks, bool is_reversed, void **arguments, const char *given) {
    for (const Kernel &kernel : kernels) {
        if (std::strcmp(kernel.name, name) != 0) continue;
        if (kernel.kinds != given) return "its arguments are of other types";
        body = kernel.body;
        body_arguments = arguments;
        for (unsigned block = 0; block < blocks; block++) {
            bool all_met = run_block(is_reversed ? blocks - 1 - block : block, is_reversed);
            if (!all_met) return "only some threads of a block reach a barrier";
        }
        return nullptr;
    }
    return "there is no such kernel";
}
