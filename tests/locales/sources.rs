//! Keys in the sources, found by how they are written.

/// The keys of the short notes over a pressed button.
pub fn noted(code: &str) -> Vec<String> {
    let notes = code.split("note(").skip(1);
    let says = notes.filter_map(|rest| rest.trim_start_matches("role, ").strip_prefix("say(\""));
    says.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// Every string literal that is written like a key.
pub fn literals(code: &str) -> Vec<String> {
    code.split('"').filter(|part| is_key(part)).map(str::to_owned).collect()
}

pub fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
