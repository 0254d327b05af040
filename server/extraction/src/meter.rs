use crate::{Failure, Limits};
use std::time::{Duration, Instant};

/// When walking through something must end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) nesting: u32,
    deadline: Instant,
}

impl Pace {
    pub(crate) fn check_time(self) -> Result<(), Failure> {
        if Instant::now() > self.deadline { Err(Failure::too_slow()) } else { Ok(()) }
    }
}

/// Holds a reading against its limits and tells how far it is.
pub(crate) struct Meter<'a> {
    limits: Limits,
    deadline: Instant,
    characters: usize,
    blocks: usize,
    /// What was told last.
    told: (u32, Option<u32>),
    progress: &'a mut dyn FnMut(u32, Option<u32>),
}

impl<'a> Meter<'a> {
    pub(crate) fn new(limits: &Limits, progress: &'a mut dyn FnMut(u32, Option<u32>)) -> Self {
        let deadline = Instant::now() + Duration::from_secs(u64::from(limits.seconds));
        Self { limits: *limits, deadline, characters: 0, blocks: 0, told: (0, None), progress }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn pace(&self) -> Pace {
        Pace { nesting: self.limits.nesting, deadline: self.deadline }
    }

    pub(crate) fn check_time(&self) -> Result<(), Failure> {
        self.pace().check_time()
    }

    pub(crate) fn check_pages(&self, pages: usize) -> Result<(), Failure> {
        if pages > self.limits.pages as usize { Err(Failure::too_many_pages(self.limits.pages)) } else { Ok(()) }
    }

    pub(crate) fn take_characters(&mut self, characters: usize) -> Result<(), Failure> {
        self.characters = self.characters.saturating_add(characters);
        if self.characters > self.limits.characters { Err(Failure::too_much()) } else { Ok(()) }
    }

    pub(crate) fn take_block(&mut self) -> Result<(), Failure> {
        self.blocks += 1;
        if self.blocks > self.limits.blocks { Err(Failure::too_much()) } else { Ok(()) }
    }

    pub(crate) fn done(&mut self, pages: u32, of: Option<u32>) {
        let (told, told_of) = self.told;
        // A format that goes over its pages twice does not begin anew.
        if pages > told || (told_of.is_none() && of.is_some()) {
            self.told = (pages, of);
            (self.progress)(pages, of);
        }
    }
}
