-- Put this at ~/.config/nvim/lsp/curate.lua (Neovim 0.11 or later), and
--   vim.lsp.enable({ "curate", "yamlls" })
-- into init.lua.
return {
  cmd = { "curate", "lsp" },
  filetypes = { "yaml" },
  root_markers = { "curate.toml" },
  workspace_required = true,
}
