# Builds the wheel in one stage and installs it, with its pinned dependencies, in another without build tools.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE CHANGELOG.md ./
COPY bot bot
COPY content content
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data coach \
    && install --directory --owner=coach --group=coach /data
COPY --from=build /venv /venv
ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    COACH_DATABASE=/data/interview-coach.db
USER coach
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["interview-coach", "health"]
ENTRYPOINT ["interview-coach"]
CMD ["run"]
