//! One enterprise after the other: a name nobody else has, codes that hold, a person to call.
use std::collections::HashSet;

use super::{SampleOfficer, SampleUnit, random::Random, trades::Trade, words};
use crate::grid::{
    code::{credit_code, industry, organisation_code},
    org::Sector,
};

/// The registry (9 市场监管, 1 enterprise) and its division, 兰溪市.
const REGISTRY: &str = "91330781";

/// How many different codes there are: five characters after `MA2`.
const CODES: u64 = 31u64.pow(5);

/// Makes units and officers.
pub(super) struct Maker {
    random: Random,
    names: HashSet<String>,
    first: Vec<char>,
    second: Vec<char>,
    surnames: Vec<char>,
    given: Vec<char>,
    seed: u64,
    units: u64,
    phones: u64,
}

impl Maker {
    /// Nothing made yet.
    pub fn new(random: Random, seed: u64) -> Maker {
        let chars = |text: &str| text.chars().collect();
        Maker {
            random,
            names: HashSet::new(),
            first: chars(words::FIRST),
            second: chars(words::SECOND),
            surnames: chars(words::SURNAMES),
            given: chars(words::GIVEN),
            seed,
            units: 0,
            phones: 0,
        }
    }

    /// The chance that everything here is drawn from.
    pub fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    /// The next unit, in this trade, at this division.
    pub fn unit(&mut self, trade: &'static Trade, division: String) -> SampleUnit {
        let sector = industry::sector(trade.industry).unwrap_or(Sector::Service);
        let code = self.code();
        let name = self.name(trade.word, sector);
        let (contact, phone) = (self.person(), self.phone());
        SampleUnit {
            code,
            name,
            industry: trade.industry,
            division,
            sector,
            form: form(trade.industry),
            contact,
            phone,
        }
    }

    /// The next officer.
    pub fn officer(&mut self) -> SampleOfficer {
        SampleOfficer { name: self.person(), phone: self.phone() }
    }

    fn name(&mut self, word: &str, sector: Sector) -> String {
        let mut length = 2;
        loop {
            let prefix = self.random.weighted(&words::PREFIXES, |(_, weight)| *weight).0;
            let kind = match self.random.below(40) {
                0 if sector == Sector::Industry => "股份有限公司",
                1 | 2 => "有限责任公司",
                _ => "有限公司",
            };
            let mut trade_name = String::from(self.random.pick(&self.first));
            while trade_name.chars().count() < length {
                let next = self.random.pick(&self.second);
                if !trade_name.contains(next) {
                    trade_name.push(next);
                }
            }
            // Units that differ only in the kind of company would be hard to tell apart.
            if self.names.insert(format!("{prefix}{trade_name}{word}")) {
                return format!("{prefix}{trade_name}{word}{kind}");
            }
            length = 3;
        }
    }

    /// A code that no other unit of this sample has: a walk over all of them in steps that meet none twice.
    fn code(&mut self) -> String {
        let mut at = (self.units * 7_368_787 + self.seed % CODES) % CODES;
        self.units += 1;
        let mut tail = ['0'; 5];
        for c in tail.iter_mut().rev() {
            let letter = credit_code::ALPHABET.as_bytes()[(at % 31) as usize];
            *c = char::from(letter);
            at /= 31;
        }
        let body: String = "MA2".chars().chain(tail).collect();
        let organisation: String = body.chars().chain(organisation_code::check_char(&body)).collect();
        match credit_code::with_check(&format!("{REGISTRY}{organisation}")) {
            Ok(code) => code,
            // Every character comes from the alphabet and there are 17 of them.
            Err(never) => unreachable!("{never}"),
        }
    }

    fn person(&mut self) -> String {
        let mut name = String::from(self.random.pick(&self.surnames));
        let given = 1 + usize::from(self.random.below(4) > 0);
        for _ in 0..given {
            name.push(self.random.pick(&self.given));
        }
        name
    }

    fn phone(&mut self) -> String {
        self.phones += 1;
        format!("1380000{:04}", self.phones % 10_000)
    }
}

/// 报表类别 as the national survey systems letter them.
fn form(class: &str) -> &'static str {
    match (industry::sector(class), industry::section(class)) {
        (Some(Sector::Industry), _) => "B",
        (Some(Sector::Construction), _) => "C",
        (Some(Sector::RealEstate), _) => "X",
        (_, Some('F')) => "E",
        (_, Some('H')) => "S",
        _ => "F",
    }
}
