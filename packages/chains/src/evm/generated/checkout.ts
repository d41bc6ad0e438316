// Written by `npm run contracts -- build`; `npm run contracts -- check` compares it with contracts/src.

export const checkoutAbi = [
  {
    "inputs": [],
    "name": "AmountMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxAmount",
        "type": "uint256"
      }
    ],
    "name": "AmountTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "feeBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxFeeBps",
        "type": "uint256"
      }
    ],
    "name": "FeeTooHigh",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "sent",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "NativeAmountMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "NativeTransferFailed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      }
    ],
    "name": "NotAToken",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      }
    ],
    "name": "NotNative",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "feeBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxFeeBps",
        "type": "uint256"
      }
    ],
    "name": "OrganizationFeeTooHigh",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "timestamp",
        "type": "uint256"
      }
    ],
    "name": "PaymentExpired",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      }
    ],
    "name": "PermitFailed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "recipient",
        "type": "address"
      }
    ],
    "name": "RecipientRefused",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "from",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "TokenTransferFailed",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "merchant",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "termsHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "fee",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "organizationFee",
        "type": "uint256"
      }
    ],
    "name": "Payment",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "MAX_FEE_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_ORGANIZATION_FEE_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      }
    ],
    "name": "hashGasless",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "hashTerms",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "payNative",
    "outputs": [],
    "stateMutability": "payable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "payToken",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "payWithAuthorization",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithDaiPermit",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithDaiPermitRelayed",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithPermit",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "nonce",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "payWithPermit2",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithPermitRelayed",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const checkoutAddress = "0x74c9DBa5391EdE2a5F9bBa48dA12255B21C940D6" as const;

export const checkoutCreationCode =
  "0x60808060405234601557611cb2908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f5f3560e01c80630facf80b14610e0357806321c2cacc14610d8e57806323d857a21461071157806342a4546c146103bc5780634dc50d921461037857806357d1d513146100fe57806395231b40146103205780639e74bbbf1461020e578063ad13dfae1461018e578063d02798e614610103578063d55be8c6146100fe5763dacedbc21461009e575f80fd5b346100fb576100f86100e66100b236610faf565b916100c1604085969501611152565b67ffffffffffffffff6100d7610100880161118b565b169060608701359033906119f8565b5033906100f2816112ac565b9061197e565b80f35b80fd5b610f75565b50346100fb5761016061016561011836611000565b949091968396949761015861012f60408501611152565b97610139856112ac565b956101448c8861178d565b9361014f898c61188d565b94858a8d611919565b908588611a55565b61197e565b82359182610171578480f35b61018060206101869501611152565b91611a82565b5f8080808480f35b50346100fb5761019d36611000565b92859193604082949697016101b190611152565b946101bb846112ac565b916101c6898461178d565b906101d1858961188d565b928a35998a6060890135906101e59161123b565b936101f194888c6119f8565b6101fc918488611a55565b6102059261197e565b82610171578480f35b50346100fb576101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100fb5761025361024a611275565b3390600461154c565b906044359273ffffffffffffffffffffffffffffffffffffffff84168403610318576024359073ffffffffffffffffffffffffffffffffffffffff8216820361031c576102a1913386611a82565b806102e6575b50806102b1578280f35b60c43573ffffffffffffffffffffffffffffffffffffffff811681036102e2576102dc923390611a82565b5f808280f35b8380fd5b6084359073ffffffffffffffffffffffffffffffffffffffff8216820361031857610312913385611a82565b5f6102a7565b8480fd5b8580fd5b50346100fb576100f86100e661033536610faf565b9160408495940161035861035261034b83611152565b339061188d565b91611152565b9067ffffffffffffffff61036f610100890161118b565b16913390611919565b50346100fb576101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100fb575060206103b4611275565b604051908152f35b50346100fb577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101a0811261070d57610120136100fb5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc3601126100fb57610428610f23565b610184359067ffffffffffffffff82116107095761044d61046b923690600401610f47565b90610456611275565b9061046184836112f2565b9491969093611751565b9173ffffffffffffffffffffffffffffffffffffffff6104896110a2565b1690610124359661049c8860643561123b565b948a6041860361064157506104af611173565b938560401015610614579085949392918c979660201161061057833595604011610610576020840135813b1561060c578896604061012496899567ffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff9a84519d8e9c8d9b7fef55bec6000000000000000000000000000000000000000000000000000000008d521660048c01523060248c015260448b01528860648b015216608489015260a4880152013560f81c60c486015260e48501526101048401525af18015610601576105ec575b50505b6105936105846110a2565b9461058d6110c5565b866117c5565b806105d4575b50806105bc575b50806105aa578280f35b6102dc916105b661112e565b906117c5565b6105ce906105c861110b565b846117c5565b5f6105a0565b6105e6906105e06110e8565b856117c5565b5f610599565b816105f6916111bc565b61031857845f610576565b6040513d84823e3d90fd5b8880fd5b8780fd5b60248c7f4e487b710000000000000000000000000000000000000000000000000000000081526032600452fd5b95929093919461064f611173565b95833b15610610576106de73ffffffffffffffffffffffffffffffffffffffff93899793889467ffffffffffffffff6040519b8c9a8b998a987f88b7ab63000000000000000000000000000000000000000000000000000000008a52166004890152306024890152604488015287606488015216608486015260a485015260e060c485015260e48401916111fd565b03925af18015610601576106f4575b5050610579565b816106fe916111bc565b61031857845f6106ed565b8280fd5b5080fd5b5034610cd5577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101c08112610cd55761012013610cd55760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc360112610cd55761077d610f23565b6101a43567ffffffffffffffff8111610cd55761079e903690600401610f47565b6107a66110a2565b803b15610d4c57506107b6611275565b926107c181856112f2565b604051929392916107d360a0846111bc565b600483526080945f5b868110610d295750604051956107f360a0886111bc565b600487525f5b818110610d065750509161084161085992610829610876956108196110a2565b6108216110c5565b908b8a611be4565b6108316110a2565b6108396110e8565b918a89611c81565b6108496110a2565b61085161110b565b918887611c81565b6108616110a2565b61086961112e565b9061012435928786611c81565b8082528352610883611173565b91604051916060830183811067ffffffffffffffff821117610cd95760405282526108c8602083019761018435895267ffffffffffffffff6040850195168552611751565b9060405192610160840184811067ffffffffffffffff821117610cd95760405261013c845260208401947f4761736c6573735061796d656e74207769746e657373294761736c657373506186527f796d656e74285061796d656e745465726d73207465726d732c75696e7432353660408601527f2072656c61794665652c616464726573732072656c617946656552656369706960608601527f656e74295061796d656e745465726d73286279746573313620757569642c616460808601527f6472657373206d65726368616e742c6164647265737320746f6b656e2c75696e60a08601527f7432353620616d6f756e742c6164647265737320666565526563697069656e7460c08601527f2c75696e743136206665654270732c61646472657373206f7267616e697a617460e08601527f696f6e2c75696e743136206f7267616e697a6174696f6e4665654270732c75696101008601527f6e74363420646561646c696e6529546f6b656e5065726d697373696f6e7328616101208601527f64647265737320746f6b656e2c75696e7432353620616d6f756e7429000000006101408601526e22d473030f116ddee9f6b43ac78ba33b15610cd5576040517ffe8ec1a700000000000000000000000000000000000000000000000000000000815260c060048201529151606060c484015280516101248401819052929a8b999897969594936101448b019392602001905f5b818110610c81575050505160e48a0152516101048901527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc888203016024890152602080875192838152019601905f5b818110610c3357505050937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f5f999589989560209573ffffffffffffffffffffffffffffffffffffffff610bf79a1660448c015260648b01527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc8a86030160848b01525180918186528686015e8a8582860101520116017ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82878303010160a487015201916111fd565b0381836e22d473030f116ddee9f6b43ac78ba35af18015610c2857610c1a575080f35b610c2691505f906111bc565b005b6040513d5f823e3d90fd5b9197985091929394956020604082610c6e6001948c516020809173ffffffffffffffffffffffffffffffffffffffff81511684520151910152565b0198019101918a98979695949392610b2b565b9195969798999a9b509192936020604082610cbf6001948a516020809173ffffffffffffffffffffffffffffffffffffffff81511684520151910152565b0196019101918d9b9a9998979695949392610adb565b5f80fd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b602090604051610d15816111a0565b5f81525f8382015282828b010152016107f9565b602090604051610d38816111a0565b5f81525f83820152828288010152016107dc565b73ffffffffffffffffffffffffffffffffffffffff907ff0ae59ab000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b34610cd5577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101608112610cd55761012013610cd55760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc360112610cd55760206103b4610dfe611275565b611751565b6101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610cd55773ffffffffffffffffffffffffffffffffffffffff610e4b6110a2565b16610eda57606435803403610eab57610e7f610e6f610e68611275565b33906112f2565b929091610e7a6110c5565b6116f2565b80610e99575b5080610e8d57005b610c2690610e7a61110b565b610ea590610e7a6110e8565b81610e85565b7f7e957b11000000000000000000000000000000000000000000000000000000005f523460045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff610ef76110a2565b7f863d608a000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b610164359073ffffffffffffffffffffffffffffffffffffffff82168203610cd557565b9181601f84011215610cd55782359167ffffffffffffffff8311610cd55760208381860195010111610cd557565b34610cd5575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610cd55760206040516103e88152f35b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc016101808112610cd55761012013610cd5576004906101243560ff81168103610cd5579061014435906101643590565b907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82016101e08112610cd55761012013610cd55760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc6004930112610cd557610124906101643573ffffffffffffffffffffffffffffffffffffffff81168103610cd557906101843560ff81168103610cd557906101a435906101c43590565b60443573ffffffffffffffffffffffffffffffffffffffff81168103610cd55790565b60243573ffffffffffffffffffffffffffffffffffffffff81168103610cd55790565b60843573ffffffffffffffffffffffffffffffffffffffff81168103610cd55790565b60c43573ffffffffffffffffffffffffffffffffffffffff81168103610cd55790565b6101443573ffffffffffffffffffffffffffffffffffffffff81168103610cd55790565b3573ffffffffffffffffffffffffffffffffffffffff81168103610cd55790565b6101043567ffffffffffffffff81168103610cd55790565b3567ffffffffffffffff81168103610cd55790565b6040810190811067ffffffffffffffff821117610cd957604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117610cd957604052565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b9190820180921161124857565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b6101406040517fa63af10429d9078a67c9658229bb6df98b89487a6096e1f2430150c7c5564d6d8152610120600460208301372090565b61014090610120604051917fa63af10429d9078a67c9658229bb6df98b89487a6096e1f2430150c7c5564d6d835260208301372090565b3561ffff81168103610cd55790565b906064359260a4359161ffff831692838103610cd5575060e4359261ffff841693848103610cd557506101043567ffffffffffffffff811690818103610cd55781421161151c5750506103e881116114eb576103e884116114b9578515611491576fffffffffffffffffffffffffffffffff86116114515761271090860204936127108587039485020480940395600435907fffffffffffffffffffffffffffffffff000000000000000000000000000000008216809203610cd5576024359373ffffffffffffffffffffffffffffffffffffffff851694858103610cd5575060443573ffffffffffffffffffffffffffffffffffffffff811691828203610cd5577f15d13784bcef693c6f77b56809ad33ef3eb92eaa42a8173b2eea11333f10fb529360a09373ffffffffffffffffffffffffffffffffffffffff9350604051978852602088015260408701528960608701528860808701521693a4565b857f7f162703000000000000000000000000000000000000000000000000000000005f526004526fffffffffffffffffffffffffffffffff60245260445ffd5b7f7dd2de87000000000000000000000000000000000000000000000000000000005f5260045ffd5b837f8fbf63a6000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b7fe757126a000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b507fd0974271000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b9260608401359261ffff61156260a087016112e3565b169261ffff61157360e088016112e3565b1693610100870167ffffffffffffffff61158c8261118b565b1642116116b057506103e881116114eb576103e8851161167e578515611491576fffffffffffffffffffffffffffffffff861161145157612710908602049461271086820395860204809503968035917fffffffffffffffffffffffffffffffff000000000000000000000000000000008316809303610cd55773ffffffffffffffffffffffffffffffffffffffff808360a0938261165a604061165360207f15d13784bcef693c6f77b56809ad33ef3eb92eaa42a8173b2eea11333f10fb529a01611152565b9401611152565b604051998a5216602089015260408801528a606088015289608088015216951693a4565b847f8fbf63a6000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b6116c267ffffffffffffffff9161118b565b7fd0974271000000000000000000000000000000000000000000000000000000005f52166004524260245260445ffd5b6116fb81611b54565b5f80808085855af11561170c575050565b73ffffffffffffffffffffffffffffffffffffffff907fa5b05eec000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b608090604051907f9ee01e11c9a1cad2cc49b0e62a1e96db1ecd04a944e67e8e86f48888be751d59825260208201526040610124818301372090565b60406080928151927f9ee01e11c9a1cad2cc49b0e62a1e96db1ecd04a944e67e8e86f48888be751d5984526020840152818301372090565b90916117d083611b54565b60205f60446040517fa9059cbb00000000000000000000000000000000000000000000000000000000815286600482015284602482015282805282865af160015f5114811615611881575b1561182557505050565b6040517fabae3d6d00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff92831660048201523060248201529290911660448301526064820152608490fd5b823b15153d101661181b565b91907f7ecebe00000000000000000000000000000000000000000000000000000000005f528060045260205f602481865afa601f3d1116925f5193156118d1575050565b9073ffffffffffffffffffffffffffffffffffffffff80927f6fef213c000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b9092955f96956101049588978895604051977f8fcbaf0c0000000000000000000000000000000000000000000000000000000089526004890152306024890152604488015260648701526001608487015260a486015260c485015260e48401525af190565b91908161198b918461154c565b92906119b061199c60408701611152565b936119a960208801611152565b8486611a82565b806119db575b50826119c3575b50505050565b61018060c06119d29501611152565b5f8080806119bd565b6119f2906119eb60808701611152565b8385611a82565b5f6119b6565b9092955f969560e49588978895604051977fd505accf000000000000000000000000000000000000000000000000000000008952600489015230602489015260448801526064870152608486015260a485015260c48401525af190565b91909215908115611a6a575b506118d1575050565b90506001611a78848461188d565b910114155f611a61565b91929092611a8f81611b54565b60205f60646040517f23b872dd00000000000000000000000000000000000000000000000000000000815287600482015284602482015285604482015282805282875af160015f5114811615611b48575b15611aeb5750505050565b6040517fabae3d6d00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff9384166004820152938316602485015290911660448301526064820152608490fd5b833b15153d1016611ae0565b308114811517611b615750565b73ffffffffffffffffffffffffffffffffffffffff907f5659e029000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b8051821015611bb75760209160051b010190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b93929091928015611c7857611c3d5f611c72968196611c0286611b54565b73ffffffffffffffffffffffffffffffffffffffff60405191611c24836111a0565b168152846020820152611c378383611ba3565b52611ba3565b5073ffffffffffffffffffffffffffffffffffffffff60405192611c60846111a0565b1682526020820152611c378383611ba3565b50600190565b50505050505f90565b90949193928215611ca957928492611c3d8460019894611ca497611c0286611b54565b500190565b5050505090509056" as const;
