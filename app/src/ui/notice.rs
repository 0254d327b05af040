//! A sentence that stands out: something was done, or needs attention.

use super::icon::{Icon, Pictogram};
use leptos::prelude::*;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Done,
    /// Something needs attention.
    Attention,
    /// Something will be lost.
    Loss,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "notice notice-done",
            Self::Attention => "notice notice-attention",
            Self::Loss => "notice notice-loss",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Done => Icon::Check,
            Self::Attention | Self::Loss => Icon::TriangleAlert,
        }
    }
}

/// A sentence with an icon on a coloured ground.
#[component]
pub fn Notice(
    /// What it is about.
    kind: NoticeKind,
    /// The sentence.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class()>
            <Pictogram icon=kind.icon() />
            <div dir="auto">{children()}</div>
        </div>
    }
}
