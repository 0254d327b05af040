# `make run` builds what is missing and serves the app; `make test` proves it. Everything they need is installed by scripts/setup.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run dev test lint format bench build image screenshots setup clean

help: ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | column -t -s $$'\t'

run: ## Build what is needed and serve it at http://127.0.0.1:3000, data in ./data
	@scripts/run

dev: ## Serve and rebuild on every change
	@scripts/setup run && . scripts/env && exec cargo leptos watch --split

test: ## Lint, build, and run every test
	@scripts/setup test && scripts/test

lint: ## Check formats, lints and the rules of this code base
	@scripts/setup test && scripts/lint

format: ## Format the code, view macros included
	@scripts/setup test && scripts/format

bench: ## Measure the release build against its budgets
	@scripts/setup bench && scripts/bench

build: ## Build for release: split, hashed, precompressed
	@scripts/setup run && scripts/build

image: ## Build the container image and start it once
	@scripts/image

screenshots: ## Take pictures of start page, conversations, settings and studying
	@scripts/setup test && scripts/screenshots

setup: ## Install what the other targets need
	@scripts/setup test

clean: ## Remove what was built; data and installed tools stay
	rm -rf target node_modules
