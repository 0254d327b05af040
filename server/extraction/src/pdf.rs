use crate::Failure;
use crate::meter::Meter;
use crate::reading::Reading;

pub(crate) fn read(_bytes: &[u8], _meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    Err(Failure::unsupported("PDF files cannot be read yet."))
}
