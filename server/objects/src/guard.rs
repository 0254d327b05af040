//! What a signed request may do at most.

use s3s::{
    S3Result,
    access::{S3Access, S3AccessContext},
    path::S3Path,
    s3_error,
};

/// Longest key, in bytes: a longer one is written by the file system below and then not found again.
const KEY_MAX: usize = 120;
/// What applications and people with an S3 client need. Not among them: making and removing buckets, of which the
/// latter would take all objects along.
const OPERATIONS: [&str; 15] = [
    "AbortMultipartUpload",
    "CompleteMultipartUpload",
    "CopyObject",
    "CreateMultipartUpload",
    "DeleteObject",
    "DeleteObjects",
    "GetBucketLocation",
    "GetObject",
    "HeadBucket",
    "HeadObject",
    "ListBuckets",
    "ListObjectsV2",
    "ListParts",
    "PutObject",
    "UploadPart",
];

/// Refuses whatever has no valid signature, is not needed, or could leave its bucket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard;

#[async_trait::async_trait]
impl S3Access for Guard {
    async fn check(&self, context: &mut S3AccessContext<'_>) -> S3Result<()> {
        if context.credentials().is_none() {
            return Err(s3_error!(AccessDenied, "Sign the request"));
        }
        if !OPERATIONS.contains(&context.s3_op().name()) {
            return Err(s3_error!(AccessDenied, "This operation is not offered"));
        }
        if let S3Path::Object { key, .. } = context.s3_path()
            && !is_flat(key)
        {
            return Err(s3_error!(AccessDenied, "Keys have 1 to 120 letters, digits, points, lines and underscores"));
        }
        Ok(())
    }

    async fn delete_objects(&self, request: &mut s3s::S3Request<s3s::dto::DeleteObjectsInput>) -> S3Result<()> {
        check_all(request.input.delete.objects.iter().map(|object| object.key.as_str()))
    }

    async fn copy_object(&self, request: &mut s3s::S3Request<s3s::dto::CopyObjectInput>) -> S3Result<()> {
        match &request.input.copy_source {
            s3s::dto::CopySource::Bucket { key, .. } => check_all(std::iter::once(key.as_ref())),
            _ => Err(s3_error!(AccessDenied, "Copy from a bucket")),
        }
    }
}

fn check_all<'a>(mut keys: impl Iterator<Item = &'a str>) -> S3Result<()> {
    if keys.all(is_flat) { Ok(()) } else { Err(s3_error!(AccessDenied, "Not a key of this store")) }
}

/// Whether a key is a plain file name: no folder, no way up, nothing hidden.
fn is_flat(key: &str) -> bool {
    let letters = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    letters && (1..=KEY_MAX).contains(&key.len()) && !key.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_plain_file_name() {
        for good in ["a", "0198c5a0-5f3e-7c1d-9a63-2f0c7c1e4b11", "a.b_c-d", &"x".repeat(120)] {
            assert!(is_flat(good), "{good}");
        }
        for bad in ["", ".", "..", "../x", "a/b", "a/../../x", "a\\b", ".hidden", "a b", "ż", "a\0", &"x".repeat(121)]
        {
            assert!(!is_flat(bad), "{bad:?}");
        }
    }
}
