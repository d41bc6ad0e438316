// Written by `npm run contracts -- build`; `npm run contracts -- check` compares it with contracts/src.

export const subscriptionsAbi = [
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "internalType": "enum ChargeFailure",
        "name": "reason",
        "type": "uint8"
      }
    ],
    "name": "ChargeRefused",
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
        "name": "gasLeft",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "needed",
        "type": "uint256"
      }
    ],
    "name": "GasTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "member",
        "type": "string"
      }
    ],
    "name": "MandateInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "limit",
        "type": "uint256"
      }
    ],
    "name": "MaximumTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotExecutor",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotSubscriber",
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
        "internalType": "address",
        "name": "token",
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
    "name": "PayoutFailed",
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
        "name": "owner",
        "type": "address"
      }
    ],
    "name": "PermitFailed",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Reentered",
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
    "name": "SignatureExpired",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "signer",
        "type": "address"
      }
    ],
    "name": "SignatureInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "internalType": "enum MandateStatus",
        "name": "status",
        "type": "uint8"
      }
    ],
    "name": "WrongStatus",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "subscriber",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "maxPerPeriod",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "priceMicroUsd",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "firstChargeAt",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "endsAt",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "nonce",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      }
    ],
    "name": "Activated",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "by",
        "type": "address"
      }
    ],
    "name": "Cancelled",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "enum ChargeFailure",
        "name": "reason",
        "type": "uint8"
      }
    ],
    "name": "ChargeFailed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
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
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "executionFee",
        "type": "uint256"
      }
    ],
    "name": "Charged",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "merchant",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "group",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "reason",
        "type": "bytes"
      }
    ],
    "name": "GroupFailed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "MaximumSet",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "enum MandateStatus",
        "name": "status",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "lastPeriod",
        "type": "uint256"
      }
    ],
    "name": "Stopped",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "DOMAIN_SEPARATOR",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "activate",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      },
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "value",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "deadline",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "expiration",
            "type": "uint256"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct TokenAllowance",
        "name": "allowance",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "period",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          }
        ],
        "internalType": "struct Charge",
        "name": "first",
        "type": "tuple"
      }
    ],
    "name": "activateAndCharge",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      },
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "value",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "deadline",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "expiration",
            "type": "uint256"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct TokenAllowance",
        "name": "allowance",
        "type": "tuple"
      }
    ],
    "name": "activateWithAllowance",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "value",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "deadline",
            "type": "uint256"
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
        "internalType": "struct TokenPermit2612",
        "name": "permit",
        "type": "tuple"
      }
    ],
    "name": "activateWithPermit",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      }
    ],
    "name": "cancel",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      }
    ],
    "name": "cancelFor",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "cancelSigned",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "period",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          }
        ],
        "internalType": "struct Charge",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "charge",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          },
          {
            "components": [
              {
                "components": [
                  {
                    "internalType": "bytes16",
                    "name": "uuid",
                    "type": "bytes16"
                  },
                  {
                    "internalType": "address",
                    "name": "subscriber",
                    "type": "address"
                  },
                  {
                    "internalType": "uint256",
                    "name": "maxPerPeriod",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint256",
                    "name": "priceMicroUsd",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint64",
                    "name": "firstChargeAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint64",
                    "name": "endsAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint256",
                    "name": "nonce",
                    "type": "uint256"
                  }
                ],
                "internalType": "struct MandateHead",
                "name": "head",
                "type": "tuple"
              },
              {
                "internalType": "uint256",
                "name": "period",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "amount",
                "type": "uint256"
              }
            ],
            "internalType": "struct GroupCharge[]",
            "name": "charges",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct ChargeGroup[]",
        "name": "groups",
        "type": "tuple[]"
      },
      {
        "components": [
          {
            "components": [
              {
                "internalType": "bytes16",
                "name": "uuid",
                "type": "bytes16"
              },
              {
                "internalType": "address",
                "name": "subscriber",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxPerPeriod",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "priceMicroUsd",
                "type": "uint256"
              },
              {
                "internalType": "uint64",
                "name": "firstChargeAt",
                "type": "uint64"
              },
              {
                "internalType": "uint64",
                "name": "endsAt",
                "type": "uint64"
              },
              {
                "internalType": "uint256",
                "name": "nonce",
                "type": "uint256"
              },
              {
                "components": [
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
                    "internalType": "uint8",
                    "name": "kind",
                    "type": "uint8"
                  },
                  {
                    "internalType": "uint8",
                    "name": "periodUnit",
                    "type": "uint8"
                  },
                  {
                    "internalType": "uint32",
                    "name": "periodLength",
                    "type": "uint32"
                  },
                  {
                    "internalType": "address",
                    "name": "feeRecipient",
                    "type": "address"
                  },
                  {
                    "internalType": "uint16",
                    "name": "maxFeeBps",
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
                    "internalType": "address",
                    "name": "registry",
                    "type": "address"
                  },
                  {
                    "internalType": "uint256",
                    "name": "maxExecutionFee",
                    "type": "uint256"
                  }
                ],
                "internalType": "struct Plan",
                "name": "plan",
                "type": "tuple"
              }
            ],
            "internalType": "struct Mandate",
            "name": "mandate",
            "type": "tuple"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "period",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "amount",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "feeBps",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "executionFee",
                "type": "uint256"
              },
              {
                "internalType": "bool",
                "name": "viaPermit2",
                "type": "bool"
              }
            ],
            "internalType": "struct Charge",
            "name": "terms",
            "type": "tuple"
          }
        ],
        "internalType": "struct SingleCharge[]",
        "name": "singles",
        "type": "tuple[]"
      },
      {
        "internalType": "uint64",
        "name": "gasPerTransfer",
        "type": "uint64"
      }
    ],
    "name": "chargeBatch",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          },
          {
            "components": [
              {
                "components": [
                  {
                    "internalType": "bytes16",
                    "name": "uuid",
                    "type": "bytes16"
                  },
                  {
                    "internalType": "address",
                    "name": "subscriber",
                    "type": "address"
                  },
                  {
                    "internalType": "uint256",
                    "name": "maxPerPeriod",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint256",
                    "name": "priceMicroUsd",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint64",
                    "name": "firstChargeAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint64",
                    "name": "endsAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint256",
                    "name": "nonce",
                    "type": "uint256"
                  }
                ],
                "internalType": "struct MandateHead",
                "name": "head",
                "type": "tuple"
              },
              {
                "internalType": "uint256",
                "name": "period",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "amount",
                "type": "uint256"
              }
            ],
            "internalType": "struct GroupCharge[]",
            "name": "charges",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct ChargeGroup",
        "name": "group",
        "type": "tuple"
      },
      {
        "internalType": "uint64",
        "name": "gasPerTransfer",
        "type": "uint64"
      }
    ],
    "name": "chargeGroup",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "period",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          }
        ],
        "internalType": "struct Charge",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "checkCharge",
    "outputs": [
      {
        "internalType": "enum ChargeFailure",
        "name": "failure",
        "type": "uint8"
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      }
    ],
    "name": "hashMandate",
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
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "periodUnit",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "periodLength",
            "type": "uint32"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "maxFeeBps",
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
            "internalType": "address",
            "name": "registry",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxExecutionFee",
            "type": "uint256"
          }
        ],
        "internalType": "struct Plan",
        "name": "plan",
        "type": "tuple"
      }
    ],
    "name": "hashPlan",
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
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      }
    ],
    "name": "mandateState",
    "outputs": [
      {
        "components": [
          {
            "internalType": "enum MandateStatus",
            "name": "status",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriodAt",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "maximum",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "signatureNonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "lastPeriod",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateState",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32[]",
        "name": "mandateHashes",
        "type": "bytes32[]"
      }
    ],
    "name": "mandateStates",
    "outputs": [
      {
        "components": [
          {
            "internalType": "enum MandateStatus",
            "name": "status",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriodAt",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "maximum",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "signatureNonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "lastPeriod",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateState[]",
        "name": "states",
        "type": "tuple[]"
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "uint256",
        "name": "timestamp",
        "type": "uint256"
      }
    ],
    "name": "periodAt",
    "outputs": [
      {
        "internalType": "bool",
        "name": "begun",
        "type": "bool"
      },
      {
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
      }
    ],
    "name": "periodStart",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "setMaximum",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "setMaximumSigned",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      }
    ],
    "name": "stop",
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
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
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
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
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
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "stopSigned",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const subscriptionsAddress = "0x74951Bfe6134A86E6cCBEe502b1d9f1477759784" as const;

export const subscriptionsCreationCode =
  "0x60808060405234601557614222908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c806303ede370146115f1578063325cbb40146111a25780633644e515146110eb5780633994184d1461108b5780633f7d5a8314610e5157806341cc35f414610d655780634e9ea54d14610c805780635353950314610c1c57806357d1d513146105b3578063638390c914610bf65780636b9dc16e14610ba85780636da4c22514610b455780638d4c204014610a3e5780639fa4dd12146107ca578063a7e6e1de14610775578063acb53c4214610708578063adb765ff14610656578063ae31598014610602578063b7986ffe146105b8578063d55be8c6146105b3578063d72771a01461058c578063dcffdf25146104ef578063fa51391f146101ed5763ff6920e214610121575f80fd5b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161028081126101e957610240136101e9576102443567ffffffffffffffff81116101e95761017b903690600401611821565b90610264359067ffffffffffffffff82116101e95760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126101e9576101e7926101c9916124fc565b506101d2611a22565b6101da6119ff565b90604435926004016133c4565b005b5f80fd5b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161032081126101e957610240136101e9576102443567ffffffffffffffff81116101e957610247903690600401611821565b610264359167ffffffffffffffff83116101e95760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc84360301126101e95760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd7c3601126101e9576102cf916102c6916102c1611d04565b6124fc565b916101d2611a22565b5a604051916102dd836118fd565b61028435835260208301916102a43583526102c43560408501938185526102e435946060870192868452610304359687151588036101e9576103289160808a019889528760e4612c5a565b61033e8554885184519060e46004885194612252565b90600f8110156104c2578061048d5750927fe615c2b4e858f01432161e81b22501065aab459d54ed58255dd39c46f7266f019261039e8798999361045c96895582516101e435915190919061271080918402048093039182020480910392565b945192518451604080519586526020860192909252908401829052606084018690526080840152939890947fffffffffffffffffffffffffffffffff00000000000000000000000000000000600435169260a090a35101926040519661040388611919565b604088015f815260608901915f835273ffffffffffffffffffffffffffffffffffffffff61010435168a5273ffffffffffffffffffffffffffffffffffffffff6024351660208b015251151590525260e4358685613e04565b80610478575b508161046a57005b6101e7926101c43591613e04565b61048790610184358584613e04565b83610462565b6104bd90877f7102b8f2000000000000000000000000000000000000000000000000000000005f52600452611889565b60445ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161030081126101e957610240136101e9576102443567ffffffffffffffff81116101e957610549903690600401611821565b60a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd9c3601126101e95761057c916124fc565b506101e760243561010435613319565b346101e95760406105a561059f366118a4565b90611c1b565b825191151582526020820152f35b61184f565b346101e9576102407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95760206105fa6105f5612cdc565b611e1b565b604051908152f35b346101e95760206105fa610615366118a4565b9061062260808201611be7565b67ffffffffffffffff60ff63ffffffff61064c6101606106456101408801611bfc565b9601611c0a565b16931691166130ea565b346101e9576102407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95761068e611d04565b60e43573ffffffffffffffffffffffffffffffffffffffff8116908181036101e9575033036106d9575b6101e76106c66105f5612cdc565b6106ce611a78565b903391815491611e94565b6102043573ffffffffffffffffffffffffffffffffffffffff811681036101e9576107039061307c565b6106b8565b346101e9576101607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95760206101806040517f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2815261016060048483013720604051908152f35b346101e95760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e9576107ac61198e565b5060c06107bb60043554611c81565b6107c8604051809261177c565bf35b346101e95760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95760043567ffffffffffffffff81116101e95780600401906101e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82360301126101e95760243567ffffffffffffffff81168091036101e95761085a611d04565b60015f5d610164820135906101848301359261089873ffffffffffffffffffffffffffffffffffffffff86351633148015610a2b575b85858861220d565b600f8110156104c257806109fb57506040519261012084019084821067ffffffffffffffff8311176109ce5786916040525f855260208501935f85528060408701955f875260608801935f855260808901915f835260a08a01955f875260c08b019b5f8d5260e08c019a5f8c526101008d01995f8b5261091790612d13565b8d52526109276101a48a01611ae1565b151590525252603f810401614e200190526101c482016109479087611b92565b9590935f5b8781101561096e5760019061096861012082028801898c612d81565b0161094c565b508594506109c261099f926109bd8760e4946109a76109c99b8e60248c019661099f61099989611a46565b92611a46565b905191612faf565b6109b084611a46565b9061099f60a48b01611a46565b611a46565b9301611a46565b5f805d005b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6104bd907f7102b8f2000000000000000000000000000000000000000000000000000000005f525f600452611889565b610a3961012484013561307c565b610890565b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161016081126101e95760e0136101e95761012435610104356101443567ffffffffffffffff81116101e9576109c992610aa6610b2e923690600401611821565b610ab1939193611d04565b60015f5d610ac060e435611e1b565b9384549362ffffff8560c01c1660405160208101917fc342bfdd838b3fcb2563426cdde10489c06354be194cbdc20bbe9bfe5677a6af835288604083015289606083015260808201528260a082015260a08152610b1e60c082611935565b519020610b296119ff565b611f8a565b610b3f610b39611a78565b91611fd3565b9161210c565b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161026081126101e957610240136101e9576102443567ffffffffffffffff81116101e957610ba26101e7913690600401611821565b906124fc565b346101e9576102407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e957610be0611dc6565b6101e7610bee6105f5612cdc565b805490612036565b346101e9576020610c0f610c09366117ba565b90611aee565b6107c86040518092611897565b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161012081126101e95760e0136101e957610c5c611dc6565b6101e7610c6a60e435611e1b565b610c72611a78565b90610104359181549161210c565b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161028081126101e957610240136101e957610264356102443567ffffffffffffffff82116101e957610d5f610d5a91610ce86109c9943690600401611821565b610cf3949194611d04565b60015f5d610d026105f5612cdc565b9485549362ffffff8560c01c1660405160208101917ff78b93e905588dc16d80b63d7602c1469950d8d7b144724e3b47d7ed3b9f73578352896040830152606082015282608082015260808152610b1e60a082611935565b611fd3565b90612036565b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161014081126101e95760e0136101e957610104356101243567ffffffffffffffff81116101e9576109c991610dc9610e3b923690600401611821565b610dd4939193611d04565b60015f5d610de360e435611e1b565b9384549362ffffff8560c01c1660405160208101917f0d241f8fe64189ff9b7a203049ff30ae73485daf008676cabd6b6f0ba5013ab78352886040830152606082015282608082015260808152610b1e60a082611935565b610e43611a78565b610e4b6119ff565b92611e94565b346101e957610e5f366117ba565b90610e68611d04565b60e0810191610e7f610e7984612d13565b83611e58565b905a60a0823603126101e957604051610e97816118fd565b82358152602081019260208101358452604081013593604083018581526060830135956080606086019488865201359687151588036101e957610ee29160808701988952898c612c5a565b610ef6875485518451908c8c885194612252565b90600f8110156104c2578061105b575092889992887fe615c2b4e858f01432161e81b22501065aab459d54ed58255dd39c46f7266f017fffffffffffffffffffffffffffffffff00000000000000000000000000000000610f7e61102799968e610fb99a86556101e08751910135915190919061271080918402048093039182020480910392565b975195518751604080519889526020890192909252908701829052606087018990526080870152969d909890359091169390819060a0820190565b0390a351019360405195610fcc87611919565b604087015f815260608801915f835273ffffffffffffffffffffffffffffffffffffffff6101008d013516895273ffffffffffffffffffffffffffffffffffffffff60208d01351660208a0152511515905252358486613e04565b80611044575b508261103557005b6101c06101e794013591613e04565b611055906101808601358385613e04565b8461102d565b6104bd90897f7102b8f2000000000000000000000000000000000000000000000000000000005f52600452611889565b346101e9577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161010081126101e95760e0136101e9576110cb611dc6565b6101e76110d960e435611e1b565b6110e1611a78565b8154903392611e94565b346101e9575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95760206105fa60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f76763ce9b3b748409907f4b07567ceb98d6f86137c7f1937bb56ae4b527929ba60208201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660408201524660608201523060808201522090565b346101e95760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95760043567ffffffffffffffff81116101e9576111f1903690600401611730565b6024359067ffffffffffffffff82116101e957366023830112156101e95781600401359167ffffffffffffffff83116101e9576024810190602436916102e086020101116101e9576044359367ffffffffffffffff8516918286036101e95761125b949394611d04565b5f93619c407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe21843603019401945b868110156113f6578060051b84013590858212156101e95760019185015f808b6102446112ba6101c0860186611b92565b8d6003829493940102936112dd614e2061ea6080880197603f8904010101613537565b6040519361012083029283927f9fa4dd120000000000000000000000000000000000000000000000000000000087526040600488015260248701526101c08a60448801376101e06102048701526102248601528385013701913090f46113f05760207f543a3d691645c6f181def4f560570b267cae4081cbc604a63f5494e3238e6ba16113748261136d85611a46565b9401611a46565b606061137e611d34565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f73ffffffffffffffffffffffffffffffffffffffff806040519687958c875260408b88015280519a8b918260408a0152018888015e5f878b880101521698169601168101030190a35b01611289565b506113ea565b50600385029161ea608301614e2061ea605f95603f8404010101935b83811061141b57005b5f806102e461142b848888611a67565b61143489613537565b6102e0604051917f3f7d5a8300000000000000000000000000000000000000000000000000000000835260048301373086f46115e957611475818585611a67565b9061147e611d34565b600d7f7102b8f2000000000000000000000000000000000000000000000000000000007fffffffff000000000000000000000000000000000000000000000000000000006114cb84611d5c565b160361158d575060440151600f8110156104c257915b6114f66114f060e08301612d13565b82611e58565b8135937fffffffffffffffffffffffffffffffff00000000000000000000000000000000851685036101e95760407fffffffffffffffffffffffffffffffff00000000000000000000000000000000866115837fe3aed052d74ec5b65c0f09a37ab8cc76d5af2e85638fb7c8b53384f39eb65c649460019950610240855198013588526020880190611897565b1693a35b01611412565b92907fffffffff000000000000000000000000000000000000000000000000000000006115da7f5cf20d630000000000000000000000000000000000000000000000000000000092611d5c565b16036114e157600e92506114e1565b600190611587565b346101e95760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95760043567ffffffffffffffff81116101e957611640903690600401611730565b61164981611976565b916116576040519384611935565b8183527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe061168483611976565b015f5b8181106117195750505f5b828110156116c9576001906116ad8160051b84013554611c81565b6116b782876119be565b526116c281866119be565b5001611692565b836040518091602082016020835281518091526020604084019201905f5b8181106116f5575050500390f35b91935091602060c08261170b600194885161177c565b0194019101918493926116e7565b60209061172461198e565b82828801015201611687565b9181601f840112156101e95782359167ffffffffffffffff83116101e9576020808501948460051b0101116101e957565b60058110156104c257602452565b9060058210156104c25752565b60a0809161178b84825161176f565b602081015160208501526040810151604085015260608101516060850152608081015160808501520151910152565b907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82016102e081126101e957610240136101e95760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdbc60049301126101e95761024490565b9181601f840112156101e95782359167ffffffffffffffff83116101e957602083818601950101116101e957565b346101e9575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101e95760206040516103e88152f35b600f8110156104c257602452565b90600f8210156104c25752565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0161026081126101e957610240136101e9576004906102443590565b60c0810190811067ffffffffffffffff8211176109ce57604052565b60a0810190811067ffffffffffffffff8211176109ce57604052565b6080810190811067ffffffffffffffff8211176109ce57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176109ce57604052565b67ffffffffffffffff81116109ce5760051b60200190565b6040519061199b826118e1565b5f60a0838281528260208201528260408201528260608201528260808201520152565b80518210156119d25760209160051b010190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b60243573ffffffffffffffffffffffffffffffffffffffff811681036101e95790565b6101043573ffffffffffffffffffffffffffffffffffffffff811681036101e95790565b3573ffffffffffffffffffffffffffffffffffffffff811681036101e95790565b91908110156119d2576102e0020190565b6004357fffffffffffffffffffffffffffffffff00000000000000000000000000000000811681036101e95790565b91908201809211611ab457565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b3580151581036101e95790565b60608201359160e08201611b07846040840135836121e8565b600f8110156104c25780611b8a5750611b3f84611b2c611b2684612d13565b86611e58565b5492602085013593849187873592612252565b50600f8110156104c25780611b8a5750611b816080611b7a611b8796611b746020611b6d6101008a01611a46565b9801611a46565b94611aa7565b9301611ae1565b92612476565b90565b935050505090565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101e9570180359067ffffffffffffffff82116101e957602001916101208202360383136101e957565b3567ffffffffffffffff811681036101e95790565b3560ff811681036101e95790565b3563ffffffff811681036101e95790565b90608082019167ffffffffffffffff611c3384611be7565b168210611c7857611c46611c7393611be7565b67ffffffffffffffff60ff63ffffffff611c696101606106456101408801611bfc565b16931691166131e6565b600191565b5050505f905f90565b611c8961198e565b50611c9381613528565b62ffffff8260801c169164ffffffffff8160981c169162ffffff8260c01c169162ffffff8160d81c169360405195611cca876118e1565b60058410156104c2576fffffffffffffffffffffffffffffffff93875260208701526040860152166060840152608083015260a082015290565b5f5c611d0c57565b7fb5dfd9e5000000000000000000000000000000000000000000000000000000005f5260045ffd5b604051903d60848111611d54575b8083525f602084013e60c48201604052565b506084611d42565b90602082519201517fffffffff0000000000000000000000000000000000000000000000000000000081169260048110611d94575050565b7fffffffff00000000000000000000000000000000000000000000000000000000929350829060040360031b1b161690565b611dce611d04565b73ffffffffffffffffffffffffffffffffffffffff602435163303611def57565b7fa3244148000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b6040517f9391e429e25e4f5e21eb7d335d0627d118a4bfcad43bb8874df973acc595764381526101209160e0600460208401376101008201522090565b6101209160e0604051927f9391e429e25e4f5e21eb7d335d0627d118a4bfcad43bb8874df973acc5957643845260208401376101008201522090565b91611e9e81613528565b60058110156104c25760048114611f5a57507fffffffffffffffffffffffffffffffff000000000000000000000000000000007f752562217ae22f3b6ba35eff4923c7bac79ceb43fea07c366afd509fa73cb467927e040000000000000000000000000000000000000000000000000000000000007dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff6020941617855573ffffffffffffffffffffffffffffffffffffffff604051961686521693a3565b6104bd90847f9d819744000000000000000000000000000000000000000000000000000000005f52600452611761565b9493929194854211611fa357611fa1949550613570565b565b857ff88f0490000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b62ffffff808260c01c1610156120095778010000000000000000000000000000000000000000000000008101809111611ab45790565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52600160045260245ffd5b9061204081613528565b60058110156104c257600181036120dc5750600461205d91613683565b90818155600435917fffffffffffffffffffffffffffffffff000000000000000000000000000000008316928381036101e9577fb5962a8c34dab577bd6ca2ae53ad1d84843cd0e1b2f1c4ac014e9a96e142c872916040915062ffffff6120c382613528565b9160d81c166120d48351809361176f565b6020820152a3565b6104bd90837f9d819744000000000000000000000000000000000000000000000000000000005f52600452611761565b9161211681613528565b60058110156104c2576001811415806121dd575b611f5a57506fffffffffffffffffffffffffffffffff841161219d577fffffffffffffffffffffffffffffffff000000000000000000000000000000007f9f138d6f439f82ccdc232e902657bc9cf3eea294735d7c0d0166bbd1380fa87a928582602094161785556040519586521693a3565b837fed0f49f0000000000000000000000000000000000000000000000000000000005f526004526fffffffffffffffffffffffffffffffff60245260445ffd5b50600281141561212a565b9060c08201351061220657610140013510612201575f90565b600a90565b5050600990565b91929081156122475760c083013514155b61223f571561223457505f905b11612201575f90565b61014001359061222b565b505050600990565b60c08301351061221e565b929491939460018460f01c1495861561240a575b60a083013580151590816123ff575b506123f15780156123e35762ffffff8560801c16938483106123d45762fffffe83116123c5576fffffffffffffffffffffffffffffffff8616918281119283156123b9575b5050506123ac5760808060608701359601359201359264ffffffffff8560981c1690820361239a575b421061238d579060016122fa9392019485926130ea565b80421015612382577fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff9060981b9260801b91161717905f1461233a575f91565b7dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e03000000000000000000000000000000000000000000000000000000000000911617905f9190565b509291505060069190565b5050509291505060049190565b506123a7818387866130ea565b6122e3565b5050509291505060079190565b031090505f80806122ba565b50505050509291505060049190565b50505050509291505060059190565b505050509291505060089190565b505050509291505060039190565b90504210155f612275565b61241385613528565b60058110156104c25780156124675760048114612458576003148015612447575b1561226657505050509291505060039190565b5062ffffff8560d81c168211612434565b50505050509291505060029190565b50505050509291505060019190565b919290836124d76040517f70a0823100000000000000000000000000000000000000000000000000000000602082015273ffffffffffffffffffffffffffffffffffffffff84166024820152602481526124d1604482611935565b856141d6565b106124f3576124e592613890565b106124ee575f90565b600c90565b50505050600b90565b9190916101806040517f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2815261016060e4602083013720906101206040517f9391e429e25e4f5e21eb7d335d0627d118a4bfcad43bb8874df973acc5957643815260e06004602083013783610100820152209182946101a43561ffff8116908181036101e957506103e88111612c29576102243517151580612bf8575b612b9a576101e43561ffff8116908181036101e957506103e88111612b6957151580612b38575b612ada5760e43573ffffffffffffffffffffffffffffffffffffffff811681036101e9576125ed906141f7565b15612a7c576101043573ffffffffffffffffffffffffffffffffffffffff811681036101e9573b15612a1e576101243560ff81168082036101e95760019150116129c0576101443560ff8116908181036101e9575060018111612962576101643563ffffffff8116908181036101e957508015918215612941575b50506128e35760443593841580156128ca575b61286c576084359067ffffffffffffffff8216928383036101e957647fffffffff841161280e5760a4359367ffffffffffffffff8516908186036101e9578115159182612803575b50506127a5576126d890602435968388613570565b6126e1816139f8565b61279c575090817e0100000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff95949360981b871717885560405195865260643560208701526040860152606085015260c435608085015260a08401521690837f08eb797eb33c5729b5a95ea31a28821a1f240d16c4fd3bd03fe63cbf848c2f4a60c07fffffffffffffffffffffffffffffffff000000000000000000000000000000006004351693a4565b96505050505050565b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600660248201527f656e6473417400000000000000000000000000000000000000000000000000006044820152fd5b111590505f806126c3565b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600d60248201527f66697273744368617267654174000000000000000000000000000000000000006044820152fd5b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600c60248201527f6d6178506572506572696f6400000000000000000000000000000000000000006044820152fd5b506fffffffffffffffffffffffffffffffff851161267b565b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600c60248201527f706572696f644c656e67746800000000000000000000000000000000000000006044820152fd5b909150600103612957576078905b115f80612668565b6312cc03009061294f565b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600a60248201527f706572696f64556e6974000000000000000000000000000000000000000000006044820152fd5b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600460248201527f6b696e64000000000000000000000000000000000000000000000000000000006044820152fd5b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600560248201527f746f6b656e0000000000000000000000000000000000000000000000000000006044820152fd5b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600860248201527f6d65726368616e740000000000000000000000000000000000000000000000006044820152fd5b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600c60248201527f6f7267616e697a6174696f6e00000000000000000000000000000000000000006044820152fd5b506101c43573ffffffffffffffffffffffffffffffffffffffff811681036101e957612b63906141f7565b156125c0565b7f8fbf63a6000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b60646040517f7e814a7400000000000000000000000000000000000000000000000000000000815260206004820152600c60248201527f666565526563697069656e7400000000000000000000000000000000000000006044820152fd5b506101843573ffffffffffffffffffffffffffffffffffffffff811681036101e957612c23906141f7565b15612599565b7fe757126a000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b9092612c869273ffffffffffffffffffffffffffffffffffffffff8335163314928315612cc95761220d565b90600f8210156104c25781612c99575050565b6104bd92507f7102b8f2000000000000000000000000000000000000000000000000000000005f52600452611889565b612cd761012082013561307c565b61220d565b6101806040517f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2815261016060e460208301372090565b61018090610160604051917f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2835260208301372090565b8115612d54570490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b919091612d8f835183611e58565b9182549360e082013594610100830135936040830192612db48451878a858988612252565b81979197600f8110156104c25715612e2b575b5050505050507fffffffffffffffffffffffffffffffff00000000000000000000000000000000604091612e257fe3aed052d74ec5b65c0f09a37ab8cc76d5af2e85638fb7c8b53384f39eb65c649484519788526020880190611897565b351693a3565b90919293949650612e3f60a0840151613537565b8755602083013593612e52875183611aa7565b936020870135936060810193612e748551151560808401519089308a8d613a63565b612ee1575050507fe3aed052d74ec5b65c0f09a37ab8cc76d5af2e85638fb7c8b53384f39eb65c6496509360409593612e2593612ed8937fffffffffffffffffffffffffffffffff00000000000000000000000000000000978b5551151592613b43565b9482945f612dc7565b91945091507fffffffffffffffffffffffffffffffff00000000000000000000000000000000969550612faa94506101009250612f5b837fe615c2b4e858f01432161e81b22501065aab459d54ed58255dd39c46f7266f019951950135602084015183919061271080918402048093039182020480910392565b949160c08592950190815101905260e08101868501815101905201838151019052604051968796351699869192608093969594919660a084019784526020840152604083015260608201520152565b0390a3565b9091928315613076575f6044608083612fcd60a06020960151613537565b01518285604051927fa9059cbb000000000000000000000000000000000000000000000000000000008452886004850152896024850152828052f160015f511481161561306a575b1561301f57505050565b9073ffffffffffffffffffffffffffffffffffffffff80927f3a996fd8000000000000000000000000000000000000000000000000000000005f52166004521660245260445260645ffd5b813b15153d1016613015565b50505050565b5f6024816020937fdebfda30000000000000000000000000000000000000000000000000000000008252336004525afa60015f5114601f3d111616156130be57565b7f5cf20d63000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b9290156131e1577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff5059390836131816201518080959604620afa6c0162023ab18106600c61016d62023ab08304618eac84046105b48504850301030491606483048360021c8461016d02010390039161019062023ab1600160996002876005020104956005600288609902010490030195040201020191565b958693020190600c808304920695601c81116131c6575b506002856005920696609902010490610190810490606481049061016d8160021c9102010301010101020190565b6131d08784613b63565b809111156131985792506002613198565b020190565b90939291841561330c5790816132d76132df93613264620151808504620afa6c0162023ab18106600c61016d62023ab08304618eac84046105b48504850301030491606483048360021c8461016d02010390039161019062023ab1600160996002876005020104956005600288609902010490030195040201020191565b506132d0620151808804620afa6c0162023ab18106600c61016d62023ab08304618eac84046105b48504850301030491606483048360021c8461016d02010390039161019062023ab1600160996002876005020104956005600288609902010490030195040201020191565b5003612d4a565b9586926130ea565b116132e657565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190565b91611b8793945003612d4a565b5f8060e46040517fd505accf00000000000000000000000000000000000000000000000000000000815285600482015230602482015260a0610264604483013782855af16133c05761336b8282613828565b6102643511613378575050565b9073ffffffffffffffffffffffffffffffffffffffff80927f6fef213c000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b5050565b9290919260ff6133d382611bfc565b169081156135215760038214918215613511575f808773ffffffffffffffffffffffffffffffffffffffff6134bb8961348f61341260a08a018a613bbe565b6040519586948160208701997f2b67b570000000000000000000000000000000000000000000000000000000008b5216602487015216604485015260208b0135606485015260808b0135608485015260608b013560a48501523060c485015260408b013560e4850152610100610104850152610124840191613dc6565b037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611935565b5190826e22d473030f116ddee9f6b43ac78ba35af16134d86137cb565b505b613509576002036134fb575b506134f2908484613890565b10613378575050565b6020013591506134f26134e6565b505050505050565b61351c868684613c0f565b6134da565b5050505050565b60f01c60058110156104c25790565b805a106135415750565b5a7ffe336aa7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b92909160426136399361360060a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f76763ce9b3b748409907f4b07567ceb98d6f86137c7f1937bb56ae4b527929ba60208201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660408201524660608201523060808201522090565b90604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522084613eff565b156136415750565b73ffffffffffffffffffffffffffffffffffffffff907fae9ff1c0000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b9060ff6136936101208301611bfc565b161561372e575f906080810167ffffffffffffffff6136b182611be7565b16421015613773575b505062fffffe811161372e57907affffffffffffffffffffffffffffffffffffffffffffffffffffff7dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e020000000000000000000000000000000000000000000000000000000000009360d81b169116171790565b507dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff167e030000000000000000000000000000000000000000000000000000000000001790565b6137b9925061378190611be7565b9061379c6101606137956101408401611bfc565b9201611c0a565b9167ffffffffffffffff60ff63ffffffff429516931691166131e6565b60018101809111611ab4575f806136ba565b3d15613823573d9067ffffffffffffffff82116109ce576040519161381860207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8401160184611935565b82523d5f602084013e565b606090565b6040517fdd62ed3e00000000000000000000000000000000000000000000000000000000602082015273ffffffffffffffffffffffffffffffffffffffff929092166024830152306044808401919091528252611b87919061388b606483611935565b6141d6565b82156139e95761390e61348f6139086e22d473030f116ddee9f6b43ac78ba35b6040517fdd62ed3e00000000000000000000000000000000000000000000000000000000602082015273ffffffffffffffffffffffffffffffffffffffff808816602483015290911660448201529182906064820190565b826141d6565b92156139e4575f91829173ffffffffffffffffffffffffffffffffffffffff604051918160208401947f927da1050000000000000000000000000000000000000000000000000000000086521660248401521660448201523060648201526064815261397b608482611935565b51906e22d473030f116ddee9f6b43ac78ba35afa906139986137cb565b911580156139d9575b6139d3576060828051810103126101e9576040602083015192015142116139d357808210156139ce575090565b905090565b50505f90565b5060608251106139a1565b505090565b61390e61348f613908306138b0565b805480156139d357613a0990613528565b9060058210156104c257600182148015613a59575b613a52576104bd92507f9d819744000000000000000000000000000000000000000000000000000000005f52600452611761565b5050600190565b5060028214613a1e565b809594939291935f14613ae25750915f6e22d473030f116ddee9f6b43ac78ba381956084948396604051957f36c78516000000000000000000000000000000000000000000000000000000008752600487015260248601526044850152876064850152f1903b156e22d473030f116ddee9f6b43ac78ba33b1517151690565b5f9391906020956064948693604051957f23b872dd000000000000000000000000000000000000000000000000000000008752600487015260248601526044850152828052f19060015f5114821615613b3a575b5090565b3b15153d101690565b90613b4f939291612476565b600f8110156104c25780611b875750600d90565b600b8214613b79575060056001910616601f0390565b9050600460018083019208159081613b9c575b5015613b9757601d90565b601c90565b606481061580159250613bb1575b505f613b8c565b610190915006155f613baa565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101e9570180359067ffffffffffffffff82116101e9576020019181360383136101e957565b92915f93613c2060a0820182613bbe565b9060418203613dbc5760408183810103126101e957803590602081013592604010156119d2576040013560f81c613c5684611bfc565b60ff169760408501359060018a03613cfc57505f9798509187969594929187949260206040519573ffffffffffffffffffffffffffffffffffffffff828801997fd505accf000000000000000000000000000000000000000000000000000000008b5216602488015230604488015201356064860152608485015260a484015260c483015260e482015260e48152613cf061010482611935565b51925af1613b366137cb565b979695949398600214613d15575b505050505050909150565b5f9750918796989187949360606040519573ffffffffffffffffffffffffffffffffffffffff60208801997f8fcbaf0c000000000000000000000000000000000000000000000000000000008b52166024880152306044880152013560648601526084850152600160a485015260c484015260e48301526101048201526101048152613da361012482611935565b51925af1613daf6137cb565b50815f8080808080613d0a565b505f955050505050565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b92919073ffffffffffffffffffffffffffffffffffffffff81511694613e56602083019673ffffffffffffffffffffffffffffffffffffffff8851168660408601968751151592606088015194613a63565b613eb65750916104bd949173ffffffffffffffffffffffffffffffffffffffff80613e8a9551169351169051151592613b43565b907f7102b8f2000000000000000000000000000000000000000000000000000000005f52600452611889565b945050505050565b602081519101519060208110613ed2575090565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9060200360031b1b1690565b90929192604183146140fe575b6020831180614087575b613fd057813b15613fc8575f93613f6f859461348f60405193849260208401967f1626ba7e0000000000000000000000000000000000000000000000000000000088526024850152604060448501526064840191613dc6565b51915afa613f7b6137cb565b81613fba575b81613f8a575090565b7f1626ba7e000000000000000000000000000000000000000000000000000000009150613fb690613ebe565b1490565b905060208151101590613f81565b505050505f90565b9161403b5f949361348f869560405194859373ffffffffffffffffffffffffffffffffffffffff60208601987f1a86b550000000000000000000000000000000000000000000000000000000008a521660248601526044850152606060648501526084840191613dc6565b5190827321c58034e9f7aa302166fbcd8b35e6dc227462085af161405d6137cb565b81614079575b8161406c575090565b60019150613fb690613ebe565b905060208151101590614063565b50827fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0810111611ab4577f64926492649264926492649264926492649264926492649264926492649264927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0848601013514613f16565b60208401355f7f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a082111561417e575b73ffffffffffffffffffffffffffffffffffffffff91501673ffffffffffffffffffffffffffffffffffffffff831681149081614174575b5015613f0c5750505050600190565b905015155f614165565b505f6080602092604051908582526040890135841a8583015288356040830152606082015282805260015afa156141cb5773ffffffffffffffffffffffffffffffffffffffff5f5161412d565b6040513d5f823e3d90fd5b91905f60209181948382519201905afa601f3d11166141f157565b5f519150565b73ffffffffffffffffffffffffffffffffffffffff16801515908161421a575090565b90503014159056" as const;

/** Of the code at its address. */
export const subscriptionsCodeHash = "0xed96665ec2a85378865a573310427a1e350776d721a542fea6782d3fc2ce472a" as const;

export const executorRegistryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "firstOwner",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "AddressMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotOwner",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotPendingOwner",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "executor",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "allowed",
        "type": "bool"
      }
    ],
    "name": "ExecutorSet",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "owner",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "newOwner",
        "type": "address"
      }
    ],
    "name": "OwnershipTransferStarted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "previousOwner",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "newOwner",
        "type": "address"
      }
    ],
    "name": "OwnershipTransferred",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "acceptOwnership",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      }
    ],
    "name": "isExecutor",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "owner",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "pendingOwner",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "executor",
        "type": "address"
      },
      {
        "internalType": "bool",
        "name": "allowed",
        "type": "bool"
      }
    ],
    "name": "setExecutor",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "newOwner",
        "type": "address"
      }
    ],
    "name": "transferOwnership",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const executorRegistryCreationCode =
  "0x60803460a857601f61052b38819003918201601f19168301916001600160401b0383118484101760ac5780849260209460405283398101031260a857516001600160a01b0381169081900360a8578015609957600180546001600160a01b03191682179055604051905f7f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e08180a361046a90816100c18239f35b638ae08a4b60e01b5f5260045ffd5b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6080806040526004361015610012575f80fd5b5f3560e01c9081631e1bff3f1461033e5750806379ba5097146102565780638da5cb5b14610205578063debfda301461019e578063e30c39781461014d5763f2fde38b1461005e575f80fd5b346101495760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957610095610447565b73ffffffffffffffffffffffffffffffffffffffff600154169081330361011d5773ffffffffffffffffffffffffffffffffffffffff1690817fffffffffffffffffffffffff000000000000000000000000000000000000000060025416176002557f38d16b8cac22d99fc7c124b9cd0de2d3fa1faef420bfe791d8c362d765e227005f80a3005b7f245aecd3000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b5f80fd5b34610149575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957602073ffffffffffffffffffffffffffffffffffffffff60025416604051908152f35b346101495760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101495773ffffffffffffffffffffffffffffffffffffffff6101ea610447565b165f525f602052602060ff60405f2054166040519015158152f35b34610149575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957602073ffffffffffffffffffffffffffffffffffffffff60015416604051908152f35b34610149575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101495760025473ffffffffffffffffffffffffffffffffffffffff81163303610312577fffffffffffffffffffffffff0000000000000000000000000000000000000000906001543373ffffffffffffffffffffffffffffffffffffffff82167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e05f80a38216331760015516600255005b7fa09b9a43000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b346101495760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957610375610447565b90602435918215158093036101495773ffffffffffffffffffffffffffffffffffffffff60015416330361011d5773ffffffffffffffffffffffffffffffffffffffff1691821561041f577f278b09622564dd3991fe7744514513d64ea2c8ed2b2b9ec1150ad964fde80a9991602091845f525f835260405f207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0081541660ff83161790558152a2005b7f8ae08a4b000000000000000000000000000000000000000000000000000000005f5260045ffd5b6004359073ffffffffffffffffffffffffffffffffffffffff821682036101495756" as const;

/** Of the code at its address. */
export const executorRegistryCodeHash = "0x1adc5b8f9be4227b7091c57d8d499786fa53025d706351c7a4155abaf444b34b" as const;

export const signatureVerifierAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "signer",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "hash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "verify",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const signatureVerifierAddress = "0x21C58034e9F7aA302166fBcd8b35e6dC22746208" as const;

export const signatureVerifierCreationCode =
  "0x6080806040523460155761047c908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c631a86b55014610024575f80fd5b346100ce5760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100ce5760043573ffffffffffffffffffffffffffffffffffffffff811681036100ce5760443567ffffffffffffffff81116100ce57366023820112156100ce57806004013567ffffffffffffffff81116100ce5736602482840101116100ce5760209260246100c4930190602435906101ef565b6040519015158152f35b5f80fd5b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761011357604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b67ffffffffffffffff811161011357601f017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200190565b81601f820112156100ce5780359061019182610140565b9261019f60405194856100d2565b828452602083830101116100ce57815f926020809301838601378301015290565b3d156101ea573d906101d182610140565b916101df60405193846100d2565b82523d5f602084013e565b606090565b92807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe081011161031057820160607fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe084818401930301126100ce5782359273ffffffffffffffffffffffffffffffffffffffff84168094036100ce57602081013567ffffffffffffffff81116100ce578261028b91830161017a565b91604082013567ffffffffffffffff81116100ce576102aa920161017a565b92843b1515806102ff575b6102f557815f92918360208194519301915af1506102d16101c0565b50823b151592836102e3575b50505090565b6102ed935061033d565b5f80806102dd565b5050505050600190565b5061030b84848761033d565b6102b5565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b5f929160206103ed608486957fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f604051958693818501987f1626ba7e000000000000000000000000000000000000000000000000000000008a526024860152604060448601528051918291826064880152018686015e898582860101520116810103017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe081018352826100d2565b51915afa6103f96101c0565b8161046e575b81610408575090565b7f1626ba7e00000000000000000000000000000000000000000000000000000000915060208151910151906020811061044057501490565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9060200360031b1b161490565b9050602081511015906103ff56" as const;

/** Of the code at its address. */
export const signatureVerifierCodeHash = "0xd83bbb64e7c8538759c9bc770b427e65df81e5e3eb84ee3ee5065e051afb651b" as const;
