//! One question and its answer over HTTP. Neither addresses nor secrets get into errors or logs.

use crate::{rooms::ServiceError, tokens::Credentials};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use secrecy::ExposeSecret;
use serde::{Deserialize, de::DeserializeOwned};
use std::{sync::Arc, time::Duration};

/// How often a question is tried.
const ATTEMPTS: u32 = 3;
/// How long to wait before the second try. Doubled before each further one.
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// The longest answer that is read, in bytes.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// Asks.
#[derive(Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    origin: Url,
    credentials: Arc<Credentials>,
}

/// What came back.
pub(super) enum Answer<T> {
    /// What was asked for.
    Done(T),
    /// There is no such thing.
    Missing,
    /// It may not be.
    Refused { code: u32, message: String },
}

#[derive(Deserialize)]
struct ErrorJson {
    #[serde(default)]
    code: u32,
    #[serde(default)]
    message: String,
}

impl<T> Answer<T> {
    /// What it means if it was not expected.
    pub fn into_error(self) -> ServiceError {
        match self {
            Self::Done(_) => ServiceError::Unexpected { status: 200 },
            Self::Missing => ServiceError::Unexpected { status: 404 },
            Self::Refused { code, message } => ServiceError::Refused { code, message },
        }
    }
}

impl Client {
    pub fn new(http: reqwest::Client, origin: Url, credentials: Credentials) -> Self {
        Self { http, origin, credentials: Arc::new(credentials) }
    }

    /// Reads something.
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Answer<T>, ServiceError> {
        let mut url = self.url(path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.ask(|| self.request(Method::GET, url.clone())).await
    }

    /// Changes something.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        form: &[(&str, String)],
    ) -> Result<Answer<T>, ServiceError> {
        let url = self.url(path)?;
        self.ask(|| self.request(Method::POST, url.clone()).form(form)).await
    }

    fn url(&self, path: &[&str]) -> Result<Url, ServiceError> {
        let mut url = self.origin.clone();
        url.path_segments_mut().map_err(|()| ServiceError::Unreachable)?.clear().push("v1").extend(path);
        Ok(url)
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let Credentials { key_sid, key_secret, .. } = &*self.credentials;
        self.http.request(method, url).basic_auth(key_sid, Some(key_secret.expose_secret()))
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Answer<T>, ServiceError> {
        let mut wait = FIRST_WAIT;
        let mut attempt = 1;
        loop {
            match self.attempt(request()).await {
                Err(ServiceError::Unreachable | ServiceError::Unavailable { .. }) if attempt < ATTEMPTS => {}
                answer => return answer,
            }
            tokio::time::sleep(wait).await;
            wait *= 2;
            attempt += 1;
        }
    }

    async fn attempt<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, ServiceError> {
        let response = request.send().await.map_err(|_| ServiceError::Unreachable)?;
        let status = response.status();
        let unexpected = || ServiceError::Unexpected { status: status.as_u16() };
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(ServiceError::Denied),
            StatusCode::NOT_FOUND => return Ok(Answer::Missing),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
                return Err(ServiceError::Unavailable { status: status.as_u16() });
            }
            status if status.is_server_error() => {
                return Err(ServiceError::Unavailable { status: status.as_u16() });
            }
            _ => {}
        }
        let body = read(response).await?.ok_or_else(unexpected)?;
        if status.is_success() {
            return serde_json::from_slice(&body).map(Answer::Done).map_err(|_| unexpected());
        }
        let ErrorJson { code, message } = serde_json::from_slice(&body).map_err(|_| unexpected())?;
        Ok(Answer::Refused { code, message })
    }
}

/// Reads an answer. None if it is too long.
async fn read(mut response: Response) -> Result<Option<Vec<u8>>, ServiceError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| ServiceError::Unreachable)? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}
