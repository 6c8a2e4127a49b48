//! Numbers in as few bytes as they need, and bytes that are read without trust.
use super::BatchFault;

/// A number in seven bits to a byte, the lowest first.
pub(super) fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// A number near zero on either side.
pub(super) fn put_signed(out: &mut Vec<u8>, n: i64) {
    put(out, (n << 1 ^ n >> 63) as u64);
}

/// Bytes that somebody else wrote, read from the front. Nothing is copied and nothing is taken on trust.
pub(super) struct Given<'a>(pub(super) &'a [u8]);

impl<'a> Given<'a> {
    pub(super) fn take(&mut self, n: usize) -> Result<&'a [u8], BatchFault> {
        let (head, tail) = self.0.split_at_checked(n).ok_or(BatchFault::Short)?;
        self.0 = tail;
        Ok(head)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], BatchFault> {
        self.take(N)?.first_chunk().copied().ok_or(BatchFault::Short)
    }

    pub(super) fn byte(&mut self) -> Result<u8, BatchFault> {
        Ok(self.array::<1>()?[0])
    }

    /// A number that [`put`] wrote.
    pub(super) fn number(&mut self) -> Result<u64, BatchFault> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(BatchFault::Number)
    }

    /// A number that [`put_signed`] wrote.
    pub(super) fn signed(&mut self) -> Result<i64, BatchFault> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number of at most `most`: how many of something there are, or how long it is.
    pub(super) fn count(&mut self, most: usize) -> Result<usize, BatchFault> {
        let n = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if n > most { Err(BatchFault::TooMuch) } else { Ok(n) }
    }

    /// One value for each of `n` things.
    pub(super) fn column<T>(
        &mut self,
        n: usize,
        read: impl Fn(&mut Given<'a>) -> Result<T, BatchFault>,
    ) -> Result<Vec<T>, BatchFault> {
        (0..n).map(|_| read(self)).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_what_is_none_is_refused() {
        let numbers = [0, 1, 127, 128, 16_384, u64::MAX];
        let signed = [0, -1, 63, -64, i64::MAX, i64::MIN];
        let mut out = Vec::new();
        numbers.iter().for_each(|n| put(&mut out, *n));
        signed.iter().for_each(|n| put_signed(&mut out, *n));
        let mut given = Given(&out);
        assert_eq!(given.column(numbers.len(), Given::number).unwrap(), numbers);
        assert_eq!(given.column(signed.len(), Given::signed).unwrap(), signed);
        assert_eq!(given.byte(), Err(BatchFault::Short));
        assert_eq!(Given(&[0xff; 12]).number(), Err(BatchFault::Number));
        assert_eq!(Given(&[0x80]).number(), Err(BatchFault::Short));
        assert_eq!(Given(&[9]).count(8), Err(BatchFault::TooMuch));
    }
}
