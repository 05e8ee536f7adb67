//! The first half of verifying: are all files there, no others, each byte as it was.

use super::sums::Sums;
use super::unpacked::Unpacked;
use super::{Finding, SUMS, Verdict};

/// Compares the files with their checksums.
pub(super) fn check(bundle: &Unpacked, verdict: &mut Verdict) {
    verdict.files = bundle.digests.len();
    if let Some(cause) = &bundle.fault {
        verdict.findings.push(Finding::Unreadable { cause: cause.clone(), file: "the archive itself".to_owned() });
    }
    match read_sums(bundle) {
        Ok(sums) => verdict.findings.extend(compare(bundle, &sums)),
        Err(finding) => verdict.findings.push(finding),
    }
}

fn read_sums(bundle: &Unpacked) -> Result<Sums, Finding> {
    let changed = || Finding::Changed { file: SUMS.to_owned() };
    if let Some(Err(cause)) = bundle.digests.get(SUMS) {
        return Err(Finding::Unreadable { cause: cause.clone(), file: SUMS.to_owned() });
    }
    let text = fs_err::read_to_string(bundle.root.join(SUMS)).map_err(|_| changed())?;
    Sums::read(&text).ok_or_else(changed)
}

fn compare(bundle: &Unpacked, sums: &Sums) -> Vec<Finding> {
    let names: std::collections::BTreeSet<_> = bundle.digests.keys().chain(sums.0.keys()).collect();
    let names = names.into_iter().filter(|name| *name != SUMS);
    names.filter_map(|name| finding(name, bundle, sums)).collect()
}

fn finding(name: &str, bundle: &Unpacked, sums: &Sums) -> Option<Finding> {
    let file = name.to_owned();
    match (bundle.digests.get(name), sums.0.get(name)) {
        (Some(Err(cause)), _) => Some(Finding::Unreadable { cause: cause.clone(), file }),
        (Some(Ok(found)), Some(wanted)) => (found != wanted).then_some(Finding::Changed { file }),
        (Some(Ok(_)), None) => Some(Finding::Extra { file }),
        (None, _) => Some(Finding::Missing { file }),
    }
}
