//! Links, pictures and quoted things: where they lead was worked out before.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, LinkType};

use crate::markdown::{LinkKind, reference};
use crate::prose::{Card, Destination};

use super::Writer;
use super::escape::{escape, escaped};

/// A link that is open.
pub(super) enum Closing {
    Anchor,
    Span,
    /// A reference without words of its own: what it says is known.
    Muted,
}

impl Writer<'_> {
    fn destination(&self, kind: LinkKind, target: &str) -> Destination {
        self.text.shared.destinations.get(&(kind, target.to_owned())).cloned().unwrap_or_default()
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, target: &str) {
        let (kind, target) = match link_type {
            LinkType::WikiLink { .. } => (LinkKind::Reference, reference(target)),
            LinkType::Email => (LinkKind::Link, format!("mailto:{target}")),
            _ => (LinkKind::Link, target.to_owned()),
        };
        let destination = self.destination(kind, &target);
        let Some(href) = &destination.href else {
            self.html.push_str("<span class=\"nowhere\">");
            self.links.push(Closing::Span);
            return;
        };
        if self.anchored > 0 {
            self.html.push_str("<span>");
            self.links.push(Closing::Span);
        } else {
            let _ = write!(self.html, "<a href=\"{}\">", escaped(href));
            self.links.push(Closing::Anchor);
            self.anchored += 1;
        }
        if matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
            escape(destination.title.as_deref().unwrap_or(&target), &mut self.html);
            if matches!(self.links.pop(), Some(Closing::Anchor)) {
                self.links.push(Closing::Muted);
            } else {
                self.links.push(Closing::Span);
            }
            self.muted += 1;
        }
    }

    pub(super) fn end_link(&mut self) {
        match self.links.pop() {
            Some(Closing::Anchor | Closing::Muted) => {
                self.anchored = self.anchored.saturating_sub(1);
                self.html.push_str("</a>");
            }
            Some(Closing::Span) => self.html.push_str("</span>"),
            None => {}
        }
    }

    pub(super) fn start_image(&mut self, link_type: LinkType, target: &str, title: &CowStr<'_>) {
        if matches!(link_type, LinkType::WikiLink { .. }) {
            let destination = self.destination(LinkKind::Embed, &reference(target));
            self.embed(&destination, &reference(target));
            self.links.push(Closing::Muted);
            self.anchored += 1;
            self.muted += 1;
            return;
        }
        let destination = self.destination(LinkKind::Image, target);
        self.image = Some((destination, String::new(), title.to_string()));
    }

    pub(super) fn end_image(&mut self) {
        let Some((destination, alt, title)) = self.image.take() else {
            self.links.pop();
            self.anchored = self.anchored.saturating_sub(1);
            return;
        };
        let alt = escaped(&alt);
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(&title)) };
        match destination.href {
            Some(href) => {
                let _ = write!(
                    self.html,
                    "<img src=\"{}\" alt=\"{alt}\"{title} loading=\"lazy\">",
                    escaped(&href)
                );
            }
            None => {
                let _ = write!(self.html, "<span class=\"nowhere\">{alt}</span>");
            }
        }
    }

    /// A thing of the book, quoted.
    fn embed(&mut self, destination: &Destination, typed: &str) {
        let Some(href) = &destination.href else {
            let _ = write!(self.html, "<span class=\"nowhere\">{}</span>", escaped(typed));
            return;
        };
        let title = escaped(destination.title.as_deref().unwrap_or(typed));
        match &destination.card {
            Some(card) if !self.text.inline && self.heading.is_none() && self.anchored == 0 => {
                self.card(card, href, &title);
            }
            _ => {
                let _ = write!(self.html, "<a href=\"{}\">{title}</a>", escaped(href));
            }
        }
    }

    fn card(&mut self, card: &Card, href: &str, title: &str) {
        self.html.push_str("<aside class=\"card\"><p class=\"n\">");
        if let Some(mark) = card.mark {
            let _ =
                write!(self.html, "<svg class=\"mark\" aria-hidden=\"true\"><use href=\"#{mark}\"/></svg>");
        }
        for about in &card.about {
            let _ = write!(self.html, "<span>{}</span>", escaped(about));
        }
        let _ = write!(self.html, "</p><p class=\"title\"><a href=\"{}\">{title}</a></p>", escaped(href));
        if !card.items.is_empty() {
            self.html.push_str("<ul>");
            for (title, href, word) in &card.items {
                let _ = write!(
                    self.html,
                    "<li><a href=\"{}\">{}</a><span>{}</span></li>",
                    escaped(href),
                    escaped(title),
                    escaped(word)
                );
            }
            self.html.push_str("</ul>");
        }
        self.html.push_str("</aside>");
    }
}
