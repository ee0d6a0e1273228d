//! What makes the page a contract: the round trip, what is assured above, what is invested, who signed.

use super::*;

impl Maker<'_> {
    pub(super) fn assurances(&self) -> Vec<Link> {
        let site = self.site;
        let mut links = Vec::new();
        for edge in site.analysis.links.edges_of(self.at) {
            let crate::links::EdgeKind::Assures(number) = edge.kind else { continue };
            let Ok(target) = &edge.to else { continue };
            let assurance = &self.okrs.assurances[number];
            let verdict = assurance.verdict.map_or("cell-silent", |verdict| match verdict {
                crate::model::Verdict::Sufficient => "cell-assured",
                crate::model::Verdict::Partial => "cell-partial",
                crate::model::Verdict::NotOurs => "cell-not-ours",
            });
            let note = site.row(&[&self.place_word(*target), &site.text(&format!("contracts.{verdict}"))]);
            let quote = site.inline(&assurance.why, &self.shared);
            links.push(Link { quote, class: "assurance", ..site.link(*target, note) });
        }
        links
    }

    pub(super) fn feedback(&self) -> Vec<Exchange> {
        let answers = self.site.pair(self.at).set_by.who;
        let mut exchanges: Vec<(bool, Exchange)> = self
            .okrs
            .feedback
            .iter()
            .map(|feedback| {
                let about = feedback.about.as_ref().and_then(|about| self.item_link(&about.value));
                let exchange = self.site.exchange(feedback, about, answers.clone(), &self.shared);
                (exchange.outcome != "open", exchange)
            })
            .collect();
        exchanges.sort_by_key(|(answered, _)| *answered);
        exchanges.into_iter().map(|(_, exchange)| exchange).collect()
    }

    pub(super) fn item_link(&self, name: &str) -> Option<Link> {
        let place = self.okrs.place(name)?;
        let target = Target::item(self.at, Some(place));
        Some(Link { title: self.site.title(target), url: Some(self.site.url(target)), ..Link::default() })
    }

    pub(super) fn feedback_summary(&self) -> String {
        let site = self.site;
        let all = self.okrs.feedback.len();
        if all == 0 {
            return site.text("feedback.none");
        }
        let open = self
            .okrs
            .feedback
            .iter()
            .filter(|feedback| feedback.outcome.is_none_or(|outcome| outcome == crate::model::Outcome::Open))
            .count();
        let pieces = site.count("count.feedback", all, &[]);
        if open == 0 {
            return site.say("feedback.summary-closed", &[("feedback", &pieces)]);
        }
        site.say("feedback.summary", &[("feedback", &pieces), ("open", &site.whole(open))])
    }

    /// Why nobody has said anything: the draft is not shared, they have not yet, or they signed without a word.
    pub(super) fn feedback_none(&self, state: &str) -> String {
        self.site.text(match state {
            "preparing" => "feedback.begins",
            "final" | "altered" => "feedback.without-a-word",
            _ => "feedback.nobody-yet",
        })
    }

    pub(super) fn investment(&self, of: usize) -> InvestmentView {
        let site = self.site;
        let investment = &self.okrs.investments[of];
        let target = Target::Investment(self.at, of);
        let id = investment.id.as_ref().map(|id| id.value.to_string());
        let advances: Vec<Target> = site
            .analysis
            .links
            .edges_of(self.at)
            .iter()
            .filter(|edge| Target::item(edge.document, edge.from) == target)
            .filter_map(|edge| edge.to.as_ref().ok().copied())
            .collect();
        InvestmentView {
            title: site.inline(&investment.title, &self.shared),
            plain: site.title(target),
            share: investment.capacity.map(|share| site.percent(share / 100.0)).unwrap_or_default(),
            why: site.inline(&investment.why, &self.shared),
            advances: self.with_units(Some(&advances)),
            text: id.as_deref().map(|id| self.sections(Some(id), false)).unwrap_or_default(),
            state: match investment.activity {
                Activity::Active => String::new(),
                other => site.text(&format!("okrs.{}", other.as_str())),
            },
            id,
        }
    }

    pub(super) fn investments_summary(&self) -> String {
        let site = self.site;
        let sum: f64 = self
            .okrs
            .investments
            .iter()
            .filter(|investment| investment.activity == Activity::Active)
            .filter_map(|investment| investment.capacity)
            .sum();
        let reserved = site.percent(sum / 100.0);
        match site.config().reserve {
            Some(expected) => site.say(
                "investments.summary",
                &[("reserved", &reserved), ("expected", &site.percent(expected / 100.0))],
            ),
            None => site.say("investments.summary-free", &[("reserved", &reserved)]),
        }
    }

    pub(super) fn signatures(&self) -> SignaturesView {
        let site = self.site;
        let signatures = &site.analysis.signatures[self.at];
        let counted: Vec<usize> = signatures
            .set_by
            .signed
            .iter()
            .chain(&signatures.delivered_by.signed)
            .map(|signed| signed.approval)
            .collect();
        let earlier: Vec<String> = self
            .okrs
            .approvals
            .iter()
            .enumerate()
            .filter(|(at, _)| !counted.contains(at))
            .map(|(_, approval)| {
                let who = approval.by.as_ref().map(|by| site.who(&by.value).name).unwrap_or_default();
                let on = approval.on.as_ref().map(|on| site.day(on.value)).unwrap_or_default();
                let role = approval
                    .party
                    .as_ref()
                    .map(|party| site.text(&format!("party.{}", party.value.as_str())));
                format!("{}: {who}, {on}", role.unwrap_or_default())
            })
            .collect();
        SignaturesView {
            class: match site.mark(self.at).key {
                "preparing" => "preparing",
                _ if signatures.altered() => "altered",
                _ => "",
            },
            parties: vec![
                self.signing(Party::SetBy, &signatures.set_by),
                self.signing(Party::DeliveredBy, &signatures.delivered_by),
            ],
            earlier_summary: site.count("signature.earlier", earlier.len(), &[]),
            earlier,
            changed: site.changed(Doc::Okrs(self.at)),
            amendments: self.okrs.amendments.iter().map(|amendment| self.amendment(amendment)).collect(),
        }
    }

    pub(super) fn signing(&self, party: Party, signing: &Signing) -> SigningView {
        let site = self.site;
        let level = &site.config().levels[site.config().units[self.document.unit].level];
        let words = if party == Party::SetBy { &level.set_by } else { &level.delivered_by };
        let title = match words {
            Some(words) => site.say(&format!("party.{}-level", party.as_str()), &[("party", words)]),
            None => site.text(&format!("party.{}", party.as_str())),
        };
        let line = |signed: &Signed| {
            let note = if signed.altered { site.text("signature.another-text") } else { String::new() };
            (site.who(&signed.by), site.day(signed.latest), note)
        };
        let mut lines: Vec<(Who, String, String)> = signing.signed.iter().map(line).collect();
        lines.extend(
            signing.waiting.iter().map(|who| (site.who(who), String::new(), site.text("party.not-signed"))),
        );
        if lines.is_empty() {
            lines.push((
                Who { name: site.text("number.none"), url: None },
                String::new(),
                site.text("party.not-signed"),
            ));
        }
        let class = match (signing.complete.is_some(), signing.signed.is_empty()) {
            (true, _) => "",
            (false, false) => "some",
            (false, true) => "unsigned",
        };
        SigningView { title, lines, class }
    }

    pub(super) fn amendment(&self, amendment: &Amendment) -> AmendmentView {
        AmendmentView {
            on: amendment.on.as_ref().map(|on| self.site.day(on.value)).unwrap_or_default(),
            by: amendment.by.as_ref().map(|by| self.site.who(&by.value)),
            about: amendment.about.as_ref().and_then(|about| self.item_link(&about.value)),
            says: self.site.inline(&amendment.says, &self.shared),
        }
    }
}
impl Site<'_> {
    /// An assurance in a document as evidence on another page: who says what, and why.
    pub fn assurance_link(&self, document: usize, number: usize, url: &str, root: &str) -> Link {
        let shared = self.shared(&self.book().documents[document].file, root);
        self.assurance_said(document, number, url, &shared)
    }

    /// An assurance on a page for which what the texts of its file share is known.
    pub fn assurance_said(&self, document: usize, number: usize, url: &str, shared: &Arc<Shared>) -> Link {
        let of = &self.book().documents[document];
        let assurance = &of.okrs().assurances[number];
        let unit = &self.config().units[of.unit].name;
        let (key, class) = match assurance.verdict {
            Some(crate::model::Verdict::Partial) => ("key-result.in-part", "assurance"),
            Some(crate::model::Verdict::NotOurs) => ("key-result.not-ours", "gap"),
            _ => ("key-result.is-sure", "assurance"),
        };
        let note = assurance.by.as_ref().map(|by| self.who(&by.value).name).unwrap_or_default();
        Link {
            title: self.say(key, &[("unit", unit)]),
            url: Some(url.to_owned()),
            note,
            class,
            quote: self.inline(&assurance.why, shared),
        }
    }
}
