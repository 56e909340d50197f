//! What people wrote is sealed before it is stored, if there is a key.
//!
//! Owns: the form of a sealed text, keys and their names, and that a sealed text can be read only where it was written.
//! Does not know which columns are sealed (`rekey` lists them), where a key comes from, nor chance: it is handed in.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use super::{Result, StoreError};

/// Begins a sealed text. No text that somebody wrote is stored with it in front.
const MARK: char = '\u{1}';

/// Bytes of a key: XChaCha20-Poly1305.
pub const KEY_BYTES: usize = 32;

/// Bytes of a nonce: so many that chance never draws one twice (draft-irtf-cfrg-xchacha, 2.1).
pub const NONCE_BYTES: usize = 24;

/// Where nonces come from.
pub type Nonces = Arc<dyn Fn() -> [u8; NONCE_BYTES] + Send + Sync>;

/// The keys of this process.
#[derive(Clone, Default)]
pub struct Vault(Option<Arc<Keys>>);

struct Keys {
    /// Seals from now on; `None`: texts are stored as they are.
    current: Option<Key>,
    /// Open what was sealed before.
    older: Vec<Key>,
    nonces: Nonces,
}

struct Key {
    /// Says which key sealed a text, and nothing about the key.
    name: String,
    cipher: XChaCha20Poly1305,
}

/// Where a text stands: it cannot be read anywhere else, so that nobody can pass it on as somebody else's.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub column: &'static str,
    pub row: &'a [&'a str],
}

impl Vault {
    /// With keys: the one that seals, if any, and those that still open.
    pub fn new(current: Option<[u8; KEY_BYTES]>, older: &[[u8; KEY_BYTES]], nonces: Nonces) -> Self {
        let older: Vec<Key> = older.iter().map(Key::new).collect();
        match (current, older.is_empty()) {
            (None, true) => Self::default(),
            (current, _) => Self(Some(Arc::new(Keys { current: current.as_ref().map(Key::new), older, nonces }))),
        }
    }

    /// Whether new texts are sealed.
    pub fn seals(&self) -> bool {
        self.current().is_some()
    }

    /// The name of the key that seals.
    pub fn current_name(&self) -> Option<&str> {
        self.current().map(|key| key.name.as_str())
    }

    /// Whether texts sealed with this key can be read.
    pub fn has(&self, name: &str) -> bool {
        self.key(name).is_some()
    }

    /// A text as it is stored.
    pub(super) fn seal(&self, at: At<'_>, text: &str) -> String {
        // U+0000 is in no stored text (PostgreSQL): sealed or not, the same comes back.
        let text = text.trim_start_matches(MARK).replace('\0', "");
        let Some((keys, key)) = self.0.as_ref().and_then(|keys| Some((keys, keys.current.as_ref()?))) else {
            return text;
        };
        let nonce = (keys.nonces)();
        let payload = Payload { msg: text.as_bytes(), aad: &at.bytes() };
        match key.cipher.encrypt(&XNonce::from(nonce), payload) {
            Ok(sealed) => format!("{MARK}{}:{}", key.name, BASE64.encode([&nonce[..], &sealed].concat())),
            // The cipher refuses only what is longer than 256 GB.
            Err(_) => text,
        }
    }

    /// What was stored, as it was written. Texts from before there was a key are read as they are.
    pub(super) fn open(&self, at: At<'_>, stored: &str) -> Result<String> {
        let Some(rest) = stored.strip_prefix(MARK) else { return Ok(stored.to_owned()) };
        let broken = StoreError::Unreadable("sealed text");
        let Some((name, sealed)) = rest.split_once(':') else { return Err(broken) };
        let key = self.key(name).ok_or_else(|| StoreError::NoKey { key: name.to_owned() })?;
        let Ok(bytes) = BASE64.decode(sealed) else { return Err(broken) };
        let Some((nonce, sealed)) = bytes.split_first_chunk::<NONCE_BYTES>() else { return Err(broken) };
        let payload = Payload { msg: sealed, aad: &at.bytes() };
        let opened = key.cipher.decrypt(&XNonce::from(*nonce), payload);
        opened.ok().and_then(|text| String::from_utf8(text).ok()).ok_or(broken)
    }

    /// Whether a stored text is as this process would store it.
    pub(super) fn is_settled(&self, stored: &str) -> bool {
        match self.current_name() {
            Some(name) => {
                stored.strip_prefix(MARK).and_then(|rest| rest.split_once(':')).is_some_and(|(n, _)| n == name)
            }
            None => !stored.starts_with(MARK),
        }
    }

    fn current(&self) -> Option<&Key> {
        self.0.as_ref().and_then(|keys| keys.current.as_ref())
    }

    fn key(&self, name: &str) -> Option<&Key> {
        let keys = self.0.as_ref()?;
        keys.current.iter().chain(&keys.older).find(|key| key.name == name)
    }
}

/// Keys are never shown.
impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Vault").field(&self.current_name()).finish()
    }
}

impl Key {
    fn new(bytes: &[u8; KEY_BYTES]) -> Self {
        let digest = Sha256::new().chain_update(b"tandem data key").chain_update(bytes).finalize();
        let name = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { name, cipher: XChaCha20Poly1305::new(&(*bytes).into()) }
    }
}

impl At<'_> {
    /// No part can be taken for another: each stands behind its length.
    fn bytes(self) -> Vec<u8> {
        let parts = std::iter::once(&self.column).chain(self.row);
        parts.flat_map(|part| format!("{}:{part}", part.len()).into_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vault(current: Option<u8>, older: &[u8]) -> Vault {
        let older: Vec<_> = older.iter().map(|byte| [*byte; KEY_BYTES]).collect();
        Vault::new(current.map(|byte| [byte; KEY_BYTES]), &older, Arc::new(|| [7; NONCE_BYTES]))
    }

    fn at<'a>(row: &'a [&'a str]) -> At<'a> {
        At { column: "answer.text", row }
    }

    proptest! {
        #[test]
        fn what_was_sealed_comes_back_there_and_nowhere_else(text in ".{0,60}", row in ".{1,8}", other in ".{1,8}") {
            prop_assume!(row != other && !text.starts_with(MARK) && !text.contains('\0'));
            let vault = vault(Some(1), &[]);
            let stored = vault.seal(at(&[&row]), &text);
            prop_assert!(text.is_empty() || text.len() < 4 || !stored.contains(&text));
            prop_assert_eq!(vault.open(at(&[&row]), &stored).expect("its place"), text);
            prop_assert!(vault.open(at(&[&other]), &stored).is_err());
            prop_assert!(vault.open(at(&[&row, &other]), &stored).is_err());
        }

        #[test]
        fn whatever_stands_in_the_database_is_read_or_refused(stored in "\u{1}?.{0,60}") {
            let _ = vault(Some(1), &[2]).open(at(&["a"]), &stored);
        }
    }

    #[test]
    fn an_older_key_opens_and_the_current_one_seals() {
        let before = vault(Some(1), &[]);
        let stored = before.seal(at(&["a"]), "offen");
        let after = vault(Some(2), &[1]);
        assert_eq!(after.open(at(&["a"]), &stored).expect("the older key"), "offen");
        assert!(!after.is_settled(&stored) && before.is_settled(&stored));
        let again = after.seal(at(&["a"]), "offen");
        assert!(after.is_settled(&again));
        let missing = vault(Some(1), &[]).open(at(&["a"]), &again);
        assert!(matches!(missing, Err(StoreError::NoKey { .. })), "{missing:?}");
    }

    #[test]
    fn without_a_key_texts_are_stored_as_they_are_and_nobody_can_forge_a_sealed_one() {
        let none = vault(None, &[]);
        assert!(!none.seals());
        assert_eq!(none.seal(at(&["a"]), "offen"), "offen");
        let forged = none.seal(at(&["a"]), "\u{1}0123:abcd");
        assert_eq!(none.open(at(&["a"]), &forged).expect("a text"), "0123:abcd");
    }

    #[test]
    fn a_changed_text_is_refused_and_keys_are_not_shown() {
        let vault = vault(Some(1), &[]);
        let mut stored = vault.seal(at(&["a"]), "offen");
        let last = stored.pop().expect("a letter");
        stored.push(if last == 'A' { 'B' } else { 'A' });
        assert!(vault.open(at(&["a"]), &stored).is_err());
        assert!(!format!("{vault:?}").contains("[1, 1"));
    }
}
