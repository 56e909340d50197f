//! Files: uploads that become messages, and fetching what people sent.
//!
//! Owns: size limits, file ids, a photo's measures. Does not fetch addresses: nothing here opens a connection.

use bytes::Bytes;
use serde_json::{Value, json};

use super::calls::{Answer, Call};
use super::params::Upload;
use super::refused::Refused;
use super::state::{Author, Bot, FileRef, Media, Message, Stored, unique_id};

/// Bytes of an uploaded file and of a photo, and of a file a bot may fetch (Bot API, "Sending files", `getFile`).
pub const FILE_LIMIT: usize = 50 << 20;
const PHOTO_LIMIT: usize = 10 << 20;
const DOWNLOAD_LIMIT: usize = 20 << 20;

impl Bot {
    /// Keeps a file and gives it its ids.
    pub(super) fn store(&mut self, name: Option<String>, mime: String, folder: &str, bytes: Bytes) -> FileRef {
        let number = self.files.len() + 1;
        let ending = name.as_deref().and_then(|n| n.rsplit_once('.')).map_or("bin", |(_, ending)| ending);
        let plain = !ending.is_empty() && ending.len() <= 8 && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        let path = format!("{folder}/file_{number}.{}", if plain { ending } else { "bin" });
        let file = FileRef { id: format!("F{}x{number}", self.id), name, mime, size: bytes.len() };
        self.files.insert(file.id.clone(), Stored { file: file.clone(), path, bytes });
        file
    }

    /// A stored file's content by its path.
    pub fn file_at(&self, path: &str) -> Option<&Bytes> {
        self.files.values().find(|s| s.path == path).map(|s| &s.bytes)
    }

    /// A stored file's content by its id.
    pub fn file(&self, id: &str) -> Option<&Bytes> {
        self.files.get(id).map(|s| &s.bytes)
    }
}

impl Call<'_> {
    pub(super) fn send_document(&mut self) -> Answer {
        let chat = self.target()?;
        let body = self.caption()?;
        self.known_chat(chat)?;
        let file = self.given_file("document", "documents", FILE_LIMIT)?;
        let mut message = Message::new(Author::Bot, body);
        message.media = Some(Media::Document(file));
        self.post(chat, message)
    }

    pub(super) fn send_photo(&mut self) -> Answer {
        let chat = self.target()?;
        let body = self.caption()?;
        self.known_chat(chat)?;
        let file = self.given_file("photo", "photos", PHOTO_LIMIT)?;
        let measures = self.bot.file(&file.id).and_then(|bytes| picture_size(bytes));
        let (width, height) = measures.ok_or_else(|| Refused::bad("IMAGE_PROCESS_FAILED"))?;
        if width.saturating_add(height) > 10_000
            || width > height.saturating_mul(20)
            || height > width.saturating_mul(20)
        {
            return Err(Refused::bad("PHOTO_INVALID_DIMENSIONS"));
        }
        let mut message = Message::new(Author::Bot, body);
        message.media = Some(Media::Photo { file, width, height });
        self.post(chat, message)
    }

    pub(super) fn get_file(&mut self) -> Answer {
        let id = self.params.text("file_id").unwrap_or_default();
        let stored = self.bot.files.get(id.as_ref()).ok_or_else(|| Refused::bad("invalid file_id"))?;
        if stored.file.size > DOWNLOAD_LIMIT {
            return Err(Refused::bad("file is too big"));
        }
        let file = &stored.file;
        let unique = unique_id(file);
        Ok(json!({
            "file_id": file.id, "file_unique_id": unique, "file_size": file.size, "file_path": stored.path,
        }))
    }

    /// The file an argument means: an upload of that name, an upload it points to, or one the server has.
    fn given_file(&mut self, field: &str, folder: &str, limit: usize) -> Result<FileRef, Refused> {
        let named = self.params.value(field).and_then(Value::as_str);
        let upload = match named {
            None | Some("") => self.params.take_upload(field),
            Some(text) => match text.strip_prefix("attach://") {
                Some(other) => self.params.take_upload(other),
                None if text.contains("://") => return Err(Refused::bad("failed to get HTTP URL content")),
                None => {
                    let known = self.bot.files.get(text).map(|s| s.file.clone());
                    return known.ok_or_else(|| Refused::bad("wrong file identifier/HTTP URL specified"));
                }
            },
        };
        let Upload { name, mime, bytes, .. } =
            upload.ok_or_else(|| Refused::bad(format!("there is no {field} in the request")))?;
        if bytes.is_empty() {
            return Err(Refused::bad("file must be non-empty"));
        }
        if bytes.len() > limit {
            return Err(Refused::too_large());
        }
        let mime = mime.unwrap_or_else(|| "application/octet-stream".into());
        Ok(self.bot.store(name, mime, folder, bytes))
    }
}

/// Width and height of a PNG or JPEG; `None` for anything else.
fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        return Some((number(16)?, number(20)?)).filter(|(w, h)| *w > 0 && *h > 0);
    }
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut at = 2;
    loop {
        let [0xFF, marker, high, low] = *bytes.get(at..at + 4)? else { return None };
        // A frame header (but not a Huffman table, an extension or arithmetic conditioning) holds the measures.
        if (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let number = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
            return Some((number(at + 7)?, number(at + 5)?)).filter(|(w, h)| *w > 0 && *h > 0);
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pictures_measures_are_read_from_its_header() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 2]);
        assert_eq!(picture_size(&png), Some((256, 2)));
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 3, 9, 0xFF, 0xC0, 0, 11, 8, 0, 5, 0, 7, 3];
        assert_eq!(picture_size(&jpeg), Some((7, 5)));
        assert_eq!(picture_size(&jpeg[..9]), None);
        assert_eq!(picture_size(b"plain text"), None);
    }
}
