declare module 'virtual:messages' {
  const said: readonly { id: string; plural?: string; context?: string }[]
  export default said
}
