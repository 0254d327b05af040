/// Why a picture cannot be used. The texts tell the person what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// The bytes are of no known kind of picture.
    #[error("This is not a picture that can be used here: choose a JPEG, PNG, WebP, GIF, AVIF or HEIC file.")]
    Unsupported,
    /// The bytes begin like a picture, but are cut off or contradict themselves.
    #[error("The picture is damaged or incomplete: export it again from where it came from and send that file.")]
    Broken,
    /// More pixels, or more memory to decode them, than allowed.
    #[error("The picture has {width} × {height} pixels, which is too many: make it smaller and send it again.")]
    TooManyPixels {
        /// Pixels from left to right, as declared.
        width: u32,
        /// Pixels from top to bottom, as declared.
        height: u32,
    },
    /// A picture of a known kind whose content cannot be read or rewritten here.
    #[error("Pictures of this kind cannot be converted here: export it as JPEG, PNG or WebP and send that file.")]
    NoDecoder,
}
