//! The organisation's rows as plain bytes.
use super::{Form, Holding, Member, Node, NodeIx, Person, PersonIx, Post, Said, Sector, Stay, Unit, UnitIx};
use crate::grid::{
    fact::{PersonRecord, UnitRecord},
    shelf::{Fields, Packed, put_day, put_maybe_day, put_text, put_u32},
};

const FORMS: [Form; 3] = [Form::Vertical, Form::Flat, Form::Office];
const POSTS: [Post; 4] = [Post::Leader, Post::Deputy, Post::Member, Post::Guide];
const SECTORS: [Sector; 7] = Sector::ALL;
/// Stands for "none" where a number or a pointer may be missing.
const NONE: u32 = u32::MAX;

impl Packed for Node {
    fn pack(&self, out: &mut Vec<u8>) {
        put_text(out, &self.id);
        put_text(out, &self.name);
        put_u32(out, self.parent.map_or(NONE, |parent| parent.0));
        out.push(self.level);
        out.push(FORMS.iter().position(|form| *form == self.form).unwrap_or(0) as u8);
        put_sector(out, self.sector);
        put_day(out, self.from);
        put_maybe_day(out, self.to);
        put_u32(out, self.into.map_or(NONE, |into| into.0));
        put_u32(out, self.children.len() as u32);
        self.children.iter().for_each(|child| put_u32(out, child.0));
        put_u32(out, self.members.len() as u32);
        for member in &self.members {
            put_u32(out, member.unit.0);
            put_day(out, member.from);
            put_maybe_day(out, member.to);
        }
        put_u32(out, self.holdings.len() as u32);
        for holding in &self.holdings {
            put_u32(out, holding.person.0);
            out.push(POSTS.iter().position(|post| *post == holding.post).unwrap_or(0) as u8);
            put_day(out, holding.from);
            put_maybe_day(out, holding.to);
            holding.said.pack(out);
        }
        put_u32(out, self.earlier.len() as u32);
        self.earlier.iter().for_each(|up| put_u32(out, up.0));
        self.said.pack(out);
    }

    fn unpack(from: &mut Fields<'_>) -> Node {
        let limits = from.limits;
        Node {
            id: from.text(),
            name: from.text(),
            parent: from.pointer(limits.nodes).map(NodeIx),
            level: from.u8(),
            form: one_of(&FORMS, from.u8()).unwrap_or(Form::Office),
            sector: one_of(&SECTORS, from.u8()),
            from: from.day(),
            to: from.maybe_day(),
            into: from.pointer(limits.nodes).map(NodeIx),
            children: from.rows(|from| from.pointer(limits.nodes).map(NodeIx)),
            members: from.rows(|from| {
                let (unit, first, to) = (from.pointer(limits.units), from.day(), from.maybe_day());
                unit.map(|unit| Member { unit: UnitIx(unit), from: first, to })
            }),
            holdings: from.rows(|from| {
                let (person, post) = (from.pointer(limits.people), one_of(&POSTS, from.u8()));
                let (first, to) = (from.day(), from.maybe_day());
                let said = Said::unpack(from);
                Some(Holding { person: PersonIx(person?), post: post?, from: first, to, said })
            }),
            earlier: from.rows(|from| from.pointer(limits.nodes).map(NodeIx)),
            said: Said::unpack(from),
        }
    }
}

impl Packed for Unit {
    fn pack(&self, out: &mut Vec<u8>) {
        put_text(out, &self.id);
        let UnitRecord { code, name, industry, division, sector, form, contact, phone } = &self.record;
        [code, name, industry, division, form, contact, phone].iter().for_each(|text| put_text(out, text));
        put_sector(out, *sector);
        put_u32(out, self.stays.len() as u32);
        for stay in &self.stays {
            put_u32(out, stay.node.map_or(NONE, |node| node.0));
            put_day(out, stay.from);
            stay.said.pack(out);
        }
        put_u32(out, self.earlier.len() as u32);
        self.earlier.iter().for_each(|node| put_u32(out, node.0));
        self.said.pack(out);
    }

    fn unpack(from: &mut Fields<'_>) -> Unit {
        let nodes = from.limits.nodes;
        let id = from.text();
        let [code, name, industry, division, form, contact, phone] = std::array::from_fn(|_| from.text());
        let sector = one_of(&SECTORS, from.u8());
        let record = UnitRecord { code, name, industry, division, sector, form, contact, phone };
        let stays = from.rows(|from| {
            Some(Stay { node: from.pointer(nodes).map(NodeIx), from: from.day(), said: Said::unpack(from) })
        });
        let earlier = from.rows(|from| from.pointer(nodes).map(NodeIx));
        Unit { id, record, stays, earlier, said: Said::unpack(from) }
    }
}

impl Packed for Person {
    fn pack(&self, out: &mut Vec<u8>) {
        put_text(out, &self.id);
        put_text(out, &self.record.name);
        put_text(out, &self.record.phone);
        out.push(u8::from(self.record.unit.is_some()));
        put_text(out, self.record.unit.as_deref().unwrap_or_default());
        self.said.pack(out);
    }

    fn unpack(from: &mut Fields<'_>) -> Person {
        let (id, name, phone) = (from.text(), from.text(), from.text());
        let has_unit = from.u8() == 1;
        let unit = from.text();
        let record = PersonRecord { name, unit: has_unit.then_some(unit), phone };
        Person { id, record, said: Said::unpack(from) }
    }
}

fn one_of<T: Copy>(all: &[T], place: u8) -> Option<T> {
    all.get(usize::from(place)).copied()
}

fn put_sector(out: &mut Vec<u8>, sector: Option<Sector>) {
    let place = sector.and_then(|sector| SECTORS.iter().position(|s| *s == sector));
    out.push(place.map_or(u8::MAX, |place| place as u8));
}
