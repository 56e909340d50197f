//! Reading calendar feeds over HTTP, as a calendar program does.

use super::{PUBLIC_URL, World};

/// The address of everything that lies behind links of the bot, on this machine.
pub struct Feeds {
    at: String,
    http: reqwest::Client,
}

/// An answer, with what matters of its headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl World {
    /// Serves what is behind links.
    pub async fn feeds(&self) -> Feeds {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let at = format!("http://{}", listener.local_addr().expect("an address"));
        let router = tandem::web::links(self.app().await);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Feeds { at, http: reqwest::Client::new() }
    }
}

impl Feeds {
    /// Where a link of the bot leads on this machine.
    pub fn here(&self, link: &str) -> String {
        link.replacen(PUBLIC_URL, &self.at, 1)
    }

    /// What a link of the bot leads to.
    pub async fn get(&self, link: &str) -> Answer {
        self.ask(reqwest::Method::GET, link, None).await
    }

    /// The same with the tag of what is there already.
    pub async fn get_unless(&self, link: &str, tag: &str) -> Answer {
        self.ask(reqwest::Method::GET, link, Some(tag)).await
    }

    pub async fn head(&self, link: &str) -> Answer {
        self.ask(reqwest::Method::HEAD, link, None).await
    }

    async fn ask(&self, method: reqwest::Method, link: &str, tag: Option<&str>) -> Answer {
        let mut request = self.http.request(method, self.here(link));
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        Answer::of(request.send().await.expect("an answer")).await
    }
}

impl Answer {
    pub async fn of(answer: reqwest::Response) -> Self {
        let status = answer.status().as_u16();
        let mut headers: Vec<(String, String)> = answer
            .headers()
            .iter()
            .filter(|(name, _)| *name != "date")
            .map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_owned()))
            .collect();
        headers.sort();
        Self { status, headers, body: answer.text().await.expect("a body") }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}
