Blazor.start({ circuit: { configureSignalR: b => b.withUrl('_blazor', { skipNegotiation: true, transport: 1 }) } });
