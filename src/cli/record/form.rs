//! The forms on the command line: one subcommand each, made from its fields.
use std::collections::BTreeMap;

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand};

use super::{args::Plain, belated, roster::roster};
use crate::words::{t, word};
use crate::{
    app::{fill::Reader, own_node},
    cli::{Failure, args::template, find},
    grid::{
        decide::{Actor, Filled, Intent},
        fact::{AttendanceMark, Value},
        org::{NodeIx, UnitIx},
        record::{About, FORMS, Field, Form, Input, Required, form},
    },
    run::Book,
};

/// What is recorded: one of the forms, or something else.
#[derive(Debug)]
pub(crate) enum What {
    Plain(Plain),
    Form(FormArgs),
}

/// A form with what was written.
#[derive(Debug)]
pub(crate) struct FormArgs {
    form: &'static Form,
    matches: ArgMatches,
}

/// What says a help text.
type Say = fn() -> &'static str;

/// How members took part, by the option that names them; who is not named was present.
const MARKS: [(&str, Say, AttendanceMark); 5] = [
    ("late", || word("cli.help.late"), AttendanceMark::Late),
    ("left-early", || word("cli.help.left_early"), AttendanceMark::LeftEarly),
    ("substitute", || word("cli.help.substitute"), AttendanceMark::Substitute),
    ("excused", || word("cli.help.excused"), AttendanceMark::Excused),
    ("absent", || word("cli.help.absent"), AttendanceMark::Absent),
];

impl FromArgMatches for What {
    fn from_arg_matches(matches: &ArgMatches) -> Result<What, clap::Error> {
        match matches.subcommand().and_then(|(name, found)| Some((form(name)?.1, found))) {
            Some((form, found)) => Ok(What::Form(FormArgs { form, matches: found.clone() })),
            None => Plain::from_arg_matches(matches).map(What::Plain),
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = What::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for What {
    fn augment_subcommands(command: Command) -> Command {
        Plain::augment_subcommands(command).subcommands(FORMS.iter().map(|form| command_of(form)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        What::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Plain::has_subcommand(name) || form(name).is_some()
    }
}

/// The subcommand of a form.
fn command_of(form: &'static Form) -> Command {
    let mut command = Command::new(form.id)
        .about(t!("word.at", place = form.name(), what = form.help()).into_owned())
        .help_template(template())
        .next_help_heading(word("cli.heading.arguments"));
    if matches!(form.about, About::Node | About::Either) {
        command = command.arg(Arg::new("node").value_name(word("cli.value.grid")).help(word("cli.form.node")));
    }
    let option = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id).long(id).value_name(name).help(help).action(ArgAction::Append)
    };
    command = match form.about {
        About::Unit => command.arg(option("unit", word("cli.value.unit"), word("cli.form.units")).required(true)),
        About::Either => command.arg(option("unit", word("cli.value.unit"), word("cli.form.unit"))),
        About::Node | About::Matter => command,
    };
    let of = Arg::new("of").long("of").value_name(word("cli.value.record"));
    command = match (form.about, form.part_of) {
        (About::Matter, _) => command.arg(of.help(word("cli.form.of")).required(true)),
        (_, []) => command,
        _ => command.arg(of.help(word("cli.form.part_of"))),
    };
    for field in form.fields {
        command = match field.input {
            Input::Attendance => {
                command.args(MARKS.map(|(id, help, _)| option(id, word("cli.value.person_name"), help())))
            }
            _ => command.arg(argument(field)),
        };
    }
    let on = Arg::new("on").long("on").value_name(word("cli.value.date")).allow_hyphen_values(true);
    let json = Arg::new("json").long("json").action(ArgAction::SetTrue);
    command
        .arg(on.help(word("cli.help.on")))
        .arg(Arg::new("amends").long("amends").value_name(word("cli.value.record")).help(word("cli.form.amends")))
        .arg(Arg::new("why").long("why").value_name(word("cli.value.text")).help(word("cli.help.why")))
        .arg(json.help(word("cli.help.json")))
}

/// The option of a field.
fn argument(field: &'static Field) -> Arg {
    let arg = Arg::new(field.key).long(field.key).value_name(field.label()).help(help(field));
    let arg = match field.input {
        Input::Flag => return arg.num_args(0).action(ArgAction::SetTrue),
        Input::Nodes | Input::People | Input::Tasks | Input::Checklist | Input::Lines => arg.action(ArgAction::Append),
        _ => arg.action(ArgAction::Set),
    };
    // One resolution is written at a time.
    let arg = match (field.input, field.key.strip_suffix('s')) {
        (Input::Tasks, Some(one)) => arg.visible_alias(one),
        _ => arg,
    };
    arg.required(field.required == Required::Always).allow_hyphen_values(true)
}

/// What is to be written, an example, and when it must be.
fn help(field: &Field) -> String {
    let what = match field.input {
        Input::Text | Input::Checklist => String::new(),
        Input::Lines => t!("cli.form.lines").into_owned(),
        Input::Number { least, most, .. } => {
            t!("cli.form.number", least = least, most = most, measure = field.input.measure()).into_owned()
        }
        Input::Money => t!("cli.form.money").into_owned(),
        Input::Day => t!("cli.form.day").into_owned(),
        Input::Deadline => t!("cli.form.deadline").into_owned(),
        Input::Period(_) | Input::Node | Input::Person => String::new(),
        Input::Choice(choices) => {
            let choices = choices.iter().map(|choice| t!("cli.form.choice", id = choice.id, label = choice.label()));
            t!("cli.form.choices", choices = choices.collect::<Vec<_>>().join(word("word.list"))).into_owned()
        }
        Input::ChecklistId | Input::CriterionId => t!("cli.form.list_id").into_owned(),
        Input::Flag => t!("cli.form.flag").into_owned(),
        Input::Nodes | Input::People => t!("cli.form.several").into_owned(),
        Input::Tasks => t!("cli.form.several").into_owned(),
        Input::Attendance => String::new(),
    };
    let what = match field.input {
        Input::Checklist => t!("cli.form.items").into_owned(),
        _ => what,
    };
    let is_choice = matches!(field.input, Input::Choice(_));
    let example = if field.example().is_empty() || is_choice {
        String::new()
    } else {
        t!("cli.form.example", example = field.example()).into_owned()
    };
    let required = if field.required == Required::Always { word("cli.form.required") } else { "" };
    format!("{}{what}{example}{required}", field.label())
}

impl FormArgs {
    /// Whether facts are told as JSON.
    pub(super) fn json(&self) -> bool {
        self.matches.get_flag("json")
    }

    /// What is intended: one record, or one for each of the units.
    pub(super) fn intents(&self, book: &Book, actor: &Actor) -> Result<Vec<Intent>, Failure> {
        let state = &book.state;
        let on = find::day(self.text("on"), actor.today)?;
        let amends = self.text("amends").map(|id| find::fact(book, id).map(Box::new)).transpose()?;
        let of = self.text("of").map(|id| find::fact(book, id)).transpose()?.map(|fact| fact.id);
        let named = if self.asks_for_unit() { self.texts("unit") } else { Vec::new() };
        let units = find::units(state, &named)?;
        let units: Vec<Option<UnitIx>> =
            if units.is_empty() { vec![None] } else { units.into_iter().map(Some).collect() };
        let reader = Reader { state, today: actor.today, on };
        units
            .into_iter()
            .map(|unit| {
                let matter = of.and_then(|of| state.matter_of(of)).map(|matter| state.answered_at(matter, on));
                let at = match unit {
                    Some(unit) if !self.names_node() => state.org().grid_of(unit, on),
                    _ => None,
                };
                let at = at.or(matter.filter(|_| !self.names_node())).map_or_else(|| self.node(book, actor), Ok)?;
                let attendance = match self.form.fields.iter().any(|field| field.input == Input::Attendance) {
                    true => {
                        let named = MARKS.map(|(id, _, mark)| (self.texts(id), mark));
                        let named: Vec<_> = named.iter().map(|(names, mark)| (names.as_slice(), *mark)).collect();
                        roster(state, actor, at, &named)?
                    }
                    false => Vec::new(),
                };
                let filled = Filled {
                    form: self.form.id.to_owned(),
                    at,
                    unit,
                    of,
                    on,
                    values: self.values(reader)?,
                    attendance,
                    amends: amends.clone(),
                };
                Ok(belated(Intent::Record(Box::new(filled)), self.text("why").unwrap_or_default()))
            })
            .collect()
    }

    fn values(&self, reader: Reader<'_>) -> Result<BTreeMap<String, Value>, Failure> {
        let kind = self.form.field("kind").map(|field| (field, self.text("kind").unwrap_or_default()));
        let kind = kind.map(|(field, text)| reader.read(field, text, "")).transpose().map_err(Failure::Said)?.flatten();
        let kind = match &kind {
            Some(Value::Text(id)) => id.as_str(),
            _ => "",
        };
        let mut values = BTreeMap::new();
        for field in self.form.fields {
            let value = match field.input {
                Input::Flag => self.matches.get_flag(field.key).then_some(Value::Flag(true)),
                Input::Attendance => None,
                _ => {
                    let text = self.texts(field.key).join(if lines(field.input) { "\n" } else { word("word.list") });
                    reader.read(field, &text, kind).map_err(Failure::Said)?
                }
            };
            values.extend(value.map(|value| (field.key.to_owned(), value)));
        }
        Ok(values)
    }

    fn asks_for_unit(&self) -> bool {
        matches!(self.form.about, About::Unit | About::Either)
    }

    fn names_node(&self) -> bool {
        matches!(self.form.about, About::Node | About::Either) && self.text("node").is_some()
    }

    /// The node that is named, or the one where the acting person holds a post.
    fn node(&self, book: &Book, actor: &Actor) -> Result<NodeIx, Failure> {
        if self.names_node() {
            return find::node(&book.state, self.text("node").unwrap_or_default());
        }
        let me = actor.person.as_deref().and_then(|id| book.state.org().person_ix(id));
        match (me, self.form.about) {
            (None, About::Node | About::Either) => Err(Failure::said(word("cli.find.no_node"))),
            _ => Ok(own_node(&book.state, me, actor.today)),
        }
    }

    fn text(&self, id: &str) -> Option<&str> {
        // Not every form has every option.
        self.matches.try_get_one::<String>(id).ok().flatten().map(String::as_str)
    }

    fn texts(&self, id: &str) -> Vec<String> {
        self.matches.try_get_many::<String>(id).ok().flatten().into_iter().flatten().cloned().collect()
    }
}

/// Whether several values are lines of one.
fn lines(input: Input) -> bool {
    matches!(input, Input::Lines | Input::Tasks)
}
