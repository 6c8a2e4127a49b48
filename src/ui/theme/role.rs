//! What a piece of text is, as far as its look goes.

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident $id:literal,)*) => {
        /// What a piece of text is, as far as its look goes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role {
            $($(#[$doc])* $name,)*
        }

        impl Role {
            /// All of them.
            pub const ALL: [Role; [$($id),*].len()] = [$(Role::$name),*];

            /// The name in theme files, for example `due-soon`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Role::$name => $id,)*
                }
            }
        }
    };
}

// To add a role: a line here, and one in every file of `data/themes/`.
roles! {
    /// Plain text.
    Text "text",
    /// The heading of the screen or of a pane.
    Title "title",
    /// The reversed part of the row under the cursor.
    Selection "selection",
    /// The same in a pane that has not the focus: not reversed, so that only one place is.
    SelectionAway "selection-away",
    /// Overdue; a mark says so as well.
    Overdue "overdue",
    /// Due soon.
    DueSoon "due-soon",
    /// Met.
    Met "met",
    /// Met late, or entered late (补录).
    Late "late",
    /// Less important.
    Dim "dim",
    /// The name of a field or a column.
    Label "label",
    /// Something was refused or failed.
    Error "error",
    /// Something was done.
    Done "done",
    /// A key in the hint line.
    Key "key",
    /// The frame of a popup.
    Border "border",
    /// The part of a name in which what was typed is found.
    Match "match",
    /// The active tab.
    Tab "tab",
    /// The text field that has the focus.
    Field "field",
}

impl Role {
    /// The role of that name in theme files.
    pub fn from_id(id: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.id() == id)
    }
}
