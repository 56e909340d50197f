//! The letters of pictures and pages: DejaVu Sans, under the licence beside it.

/// The font's file.
pub const FONT: &[u8] = include_bytes!("font/DejaVuSans.ttf");
