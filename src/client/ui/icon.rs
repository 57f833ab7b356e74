//! Small drawings beside words. They say nothing that the words do not.

use leptos::prelude::*;

/// Which drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A house door on its steps.
    Door,
    /// One more.
    Plus,
    /// One less.
    Minus,
    /// A notebook.
    Notebook,
    /// A row of houses.
    Houses,
    /// Sliders.
    Settings,
    /// Done.
    Check,
    /// A telephone.
    Phone,
    /// A letter on its way.
    Letter,
    /// Attention.
    Attention,
    /// A pencil.
    Pencil,
    /// Onwards.
    Onwards,
    /// Back.
    Back,
    /// A magnifying glass.
    Search,
    /// Two arrows in a round.
    Sync,
    /// A printer.
    Print,
    /// Two sheets.
    Copy,
    /// Away with it.
    Close,
    /// A key.
    Key,
    /// People.
    People,
    /// Two ways that part.
    Fork,
    /// The letter i.
    Info,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Self::Door => "M7 18V9a5 5 0 0 1 10 0v9M5 18h14M3 21.5h18M13.8 13v1.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Notebook => {
                "M6 3.5h11.5a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H6zM9.5 3.5v17M3.8 7.5h3M3.8 12h3M3.8 16.5h3"
            }
            Self::Houses => {
                "M2.5 20.5h19M4 20.5V10l3.5-3 3.5 3v10.5M11 20.5V8l4.5-4 4.5 4v12.5M7.5 20.5V16M15.5 20.5V15M15.5 10.2v.3"
            }
            Self::Settings => "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M15 5v4M9 10v4M17 15v4",
            Self::Check => "M4.5 12.8l5 5L19.5 7",
            Self::Phone => {
                "M7.5 2.5h9a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1zM10.5 18.5h3"
            }
            Self::Letter => "M21 3.5L10 14M21 3.5l-6.5 17L10 14l-6.5-4z",
            Self::Attention => "M12 3.5l9.3 16.4H2.7zM12 10v4.5M12 17.2v.1",
            Self::Pencil => "M4 20l1-4.5L16 4.5l3.5 3.5-11 11zM13.5 7l3.5 3.5",
            Self::Onwards => "M9 5l7 7-7 7",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Search => "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L21 21",
            Self::Sync => {
                "M4 11a8 8 0 0 1 14-4.5L20.5 9M20.5 4v5h-5M20 13a8 8 0 0 1-14 4.5L3.5 15M3.5 20v-5h5"
            }
            Self::Print => "M7 8V3.5h10V8M7 17H3.5V8h17v9H17M7 14h10v6.5H7z",
            Self::Copy => "M8.5 8.5v-5h12v12h-5M3.5 8.5h12v12h-12z",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Key => "M8 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12.8L20 4M16.5 7.5l3 3M14 10l2 2",
            Self::People => {
                "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5"
            }
            Self::Fork => {
                "M12 21v-8M12 13C12 9 6 9 6 4M12 13c0-4 6-4 6-9M3.5 6.5L6 4l2.5 2.5M15.5 6.5L18 4l2.5 2.5"
            }
            Self::Info => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.8v.1",
        }
    }
}

/// A drawing of the size of the words beside it.
#[component]
pub fn Icon(
    /// Which drawing.
    sign: Sign,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=sign.path() />
        </svg>
    }
}
